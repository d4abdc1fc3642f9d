import { describe, expect, it } from 'vitest';
import { dateOrderOf, parseDate } from '../../../../src/core/table/columns/parse-date';

const iso = (text: string, order?: 'day-first' | 'month-first'): string | undefined => {
  const value = parseDate(text, order);
  return value === undefined ? undefined : new Date(value).toISOString();
};

describe('parseDate', () => {
  it.each([
    ['2024-03-01', '2024-03-01T00:00:00.000Z'],
    ['2024/3/1', '2024-03-01T00:00:00.000Z'],
    ['2024-03-01T10:30', '2024-03-01T10:30:00.000Z'],
    ['2024-03-01 10:30:15.5Z', '2024-03-01T10:30:15.500Z'],
    ['2024-03-01T10:30:00+02:00', '2024-03-01T08:30:00.000Z'],
    ['1 Mar 2024', '2024-03-01T00:00:00.000Z'],
    ['01-Mar-2024', '2024-03-01T00:00:00.000Z'],
    ['March 1, 2024', '2024-03-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it('reads the order of day and month that it is told', () => {
    expect(iso('3/4/2024')).toBe('2024-03-04T00:00:00.000Z');
    expect(iso('3.4.2024', 'day-first')).toBe('2024-04-03T00:00:00.000Z');
  });

  it.each([
    '2024-02-30',
    '2024-13-01',
    '13/13/2024',
    '12345678',
    '2024-03-01 25:00',
    'Octopus 1, 2024',
    '1.5',
    '99 Mar 2024',
  ])('reads no date in %s', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});

describe('dateOrderOf', () => {
  it('finds the order that all dates allow', () => {
    expect(dateOrderOf(['3/4/2024', '25/12/2024'])).toBe('day-first');
    expect(dateOrderOf(['3/4/2024', '12/25/2024'])).toBe('month-first');
    expect(dateOrderOf(['3.4.2024'])).toBe('day-first');
    expect(dateOrderOf(['13/4/2024', '4/13/2024'])).toBeUndefined();
    expect(dateOrderOf(['2024-01-01', 'soon'])).toBeUndefined();
    expect(dateOrderOf([])).toBeUndefined();
  });
});
