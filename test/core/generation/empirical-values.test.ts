import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { EmpiricalValues } from '../../../src/core/generation/empirical-values';

const draws = (values: EmpiricalValues, count = 4000): string[] => {
  const random = new Random(5);
  return Array.from({ length: count }, () => values.textAt(random.next()));
};

describe('the values of a column', () => {
  it('come as often as in the rows where rows have the same, with nothing in between', () => {
    const values = new EmpiricalValues(['0', '0', '0', '0', '0', '0', '100', '100', '101', '101'], 0);
    const drawn = draws(values);
    const share = (text: string): number => drawn.filter((other) => other === text).length / drawn.length;
    expect(new Set(drawn)).toEqual(new Set(['0', '100', '101']));
    expect(share('0')).toBeCloseTo(0.6, 1);
    expect(share('101')).toBeCloseTo(0.2, 1);
  });

  it('are new ones between single ones, within the range, on the steps and with the decimals of the column', () => {
    const values = new EmpiricalValues(['10.05', '10.50', '12.00', '20.15'], 2);
    const drawn = draws(values);
    expect(new Set(drawn).size).toBeGreaterThan(50);
    for (const text of drawn) {
      expect(text).toMatch(/^\d+\.\d[05]$/);
      expect(Number(text)).toBeGreaterThanOrEqual(10.05);
      expect(Number(text)).toBeLessThanOrEqual(20.15);
    }
  });

  it('have the decimals of their neighbour where cells have different ones', () => {
    const values = new EmpiricalValues(['1', '1000', '2000.123', '2001.456'], 3);
    for (const text of draws(values)) expect(text).toMatch(/^(\d{1,4}|\d+\.\d{3})$/);
    expect(values.textAt(0)).toBe('1');
    expect(values.textAt(1)).toBe('2001.456');
  });

  it('have shares by which they are found again', () => {
    const values = new EmpiricalValues(['3', '3', '5', '9', '9', '9', '40', '50'], 0);
    for (const value of [3, 9]) {
      for (const place of [0, 0.4, 0.9]) expect(values.textAt(values.shareOf(value, place)!)).toBe(String(value));
    }
    expect(values.shareOf(3, 0)).toBe(0);
    expect(values.shareOf(50, 1)).toBe(1);
    for (const value of [5, 6, 40, 42, 48, 50]) {
      expect(values.textAt(values.shareOf(value, 0.5)!)).toMatch(/^[4-7]$|^(3|4|5)\d$/);
    }
    // Beside many equal ones: as near to them as can be.
    expect(values.shareOf(4, 0.5)).toBe(0.25);
    expect(values.shareOf(8, 0.5)).toBe(0.375);
    expect(values.shareOf(2, 0.5)).toBeUndefined();
    expect(values.shareOf(Number.NaN, 0.5)).toBeUndefined();
  });

  it('are one value where all rows have the same, and any numbers however large', () => {
    expect(draws(new EmpiricalValues(['7', '7'], 0), 20).every((text) => text === '7')).toBe(true);
    expect(draws(new EmpiricalValues(['4'], 0), 20).every((text) => text === '4')).toBe(true);
    const large = new EmpiricalValues(['-900000000000000.5', '3', '900000000000000.5'], 1);
    for (const text of draws(large, 200)) expect(Math.abs(Number(text))).toBeLessThanOrEqual(900000000000000.5);
  });
});
