import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAsNumbers } from '../../../../src/core/table/columns/number-style';
import { canonicalNumber, parseNumber } from '../../../../src/core/table/columns/parse-number';
import type { NumberStyle } from '../../../../src/core/table/columns/parse-number';

const style = (decimal: NumberStyle['decimal'], group: NumberStyle['group']): NumberStyle => ({
  decimal,
  group,
  prefix: '',
  suffix: '',
});

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['-3.50', -3.5],
    ['+2', 2],
    ['.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['6.02E23', 6.02e23],
    ['1,234', 1234],
    ['12,345,678.9', 12345678.9],
    ['\u22125', -5],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    'abc',
    '1 2',
    '1.2.3',
    '3,14',
    '1,23,456',
    '0x10',
    '1e',
    'NaN',
    'inf',
    '-Infinity',
    '1e999',
    '--1',
    '1,2345',
    '٣',
  ])('reads no number in %j', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it('reads the style of a column', () => {
    expect(parseNumber('1.234.567,5', style(',', '.'))).toBe(1234567.5);
    expect(parseNumber('3,14', style(',', ''))).toBe(3.14);
    expect(parseNumber('3.14', style(',', ''))).toBeUndefined();
    expect(parseNumber("1'234.5", style('.', "'"))).toBe(1234.5);
    expect(parseNumber('1\u202f234\u00a0567,5', style(',', ' '))).toBe(1234567.5);
    expect(parseNumber('-$ 1,200', { decimal: '.', group: ',', prefix: '$', suffix: '' })).toBe(-1200);
    expect(parseNumber('12 %', { decimal: '.', group: '', prefix: '', suffix: '%' })).toBe(12);
  });

  it('reads every finite number as JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });

  it('reads back numbers that Intl formatted', () => {
    const styles = [
      ['en-US', style('.', ',')],
      ['de-DE', style(',', '.')],
      ['fr-FR', style(',', ' ')],
      ['de-CH', style('.', "'")],
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...styles), fc.integer({ min: -1e9, max: 1e9 }), ([locale, used], thousandths) => {
        const value = thousandths / 1000;
        const text = value.toLocaleString(locale, { maximumFractionDigits: 3 });
        expect(parseNumber(text, used)).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe('canonicalNumber', () => {
  it('keeps the digits as they are written', () => {
    expect(canonicalNumber('1.50', style('.', ''))).toBe('1.50');
    expect(canonicalNumber('1.234,50', style(',', '.'))).toBe('1234.50');
  });
});

describe('readAsNumbers', () => {
  const read = (texts: string[], delimiter = ','): (string | undefined)[] => {
    const { canonical } = readAsNumbers(texts, delimiter);
    return texts.map((text) => canonical.get(text));
  };

  it('takes commas before three digits for thousands', () => {
    expect(read(['1,234', '12,500', '999'])).toEqual(['1234', '12500', '999']);
  });

  it('takes commas for decimals when one cannot mark thousands', () => {
    expect(read(['1,234', '3,1'])).toEqual(['1.234', '3.1']);
    expect(read(['0,125', '0,250'])).toEqual(['0.125', '0.250']);
  });

  it('takes commas for decimals in files with semicolons', () => {
    expect(read(['1,234', '2,500'], ';')).toEqual(['1.234', '2.500']);
  });

  it('reads points as thousands only when they cannot be decimals', () => {
    expect(read(['1.234', '2.5'])).toEqual(['1.234', '2.5']);
    expect(read(['1.234.567', '2.500'])).toEqual(['1234567', '2500']);
  });

  it('reads currency and percent signs that all values share', () => {
    expect(read(['$5', '-$1,200.50'])).toEqual(['5', '-1200.50']);
    expect(read(['5 %', '12.5%'])).toEqual(['5', '12.5']);
    expect(read(['5%', '$5'])).toEqual([undefined, undefined]);
  });
});
