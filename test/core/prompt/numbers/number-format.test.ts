import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormatter, fitNumberFormat } from '../../../../src/core/prompt/numbers/number-format';
import type { Formatter, NumberFormat } from '../../../../src/core/prompt/numbers/number-format';

function fitted(format: NumberFormat, training: readonly number[] = [], margin = 0): Formatter {
  return createFormatter(fitNumberFormat(format, Float64Array.from(training), margin));
}

function backAndForth(formatter: Formatter, value: number): number {
  return formatter.invert(Number(formatter.formatNumber(value)));
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const moderate = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('a number format', () => {
  it('gives back the very number when cells stay as they are', () => {
    fc.assert(
      fc.property(finite, (value) => {
        expect(backAndForth(fitted('as-is'), value)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('gives back a number to half a unit of its last fixed decimal', () => {
    fc.assert(
      fc.property(moderate, fc.integer({ min: 0, max: 8 }), (value, decimals) => {
        const error = Math.abs(backAndForth(fitted({ fixed: decimals }), value) - value);
        expect(error).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-6 * Number.EPSILON + Math.abs(value) * 4e-16);
      }),
    );
  });

  it('gives back a number to half a unit of its last significant digit', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 1, max: 15 }), (value, digits) => {
        fc.pre(Math.abs(value) > 1e-290 && Math.abs(value) < 1e290);
        const error = Math.abs(backAndForth(fitted({ significant: digits }), value) / value - 1);
        expect(error).toBeLessThanOrEqual(0.5 * 10 ** (1 - digits) * (1 + 1e-9) + 1e-15);
      }),
    );
  });

  it('gives back a linearly scaled number to half a step, and a written step exactly', () => {
    fc.assert(
      fc.property(fc.array(moderate, { minLength: 2 }), fc.nat(), fc.nat(999), (training, pick, step) => {
        const formatter = fitted('scaled-linear', training, 0.1);
        const range = Math.max(...training) - Math.min(...training);
        fc.pre(range > 1e-3);
        const value = training[pick % training.length]!;
        const halfStep = (range * 1.2) / 999 / 2;
        expect(Math.abs(backAndForth(formatter, value) - value)).toBeLessThanOrEqual(halfStep * (1 + 1e-6) + 1e-6);
        expect(Number(formatter.formatNumber(formatter.invert(step)))).toBe(step);
      }),
    );
  });

  it('gives back a number scaled by quantiles within the steps around its place', () => {
    fc.assert(
      fc.property(fc.array(moderate, { minLength: 1, maxLength: 80 }), fc.nat(), (training, pick) => {
        const formatter = fitted('scaled', training);
        const value = training[pick % training.length]!;
        const written = Number(formatter.formatNumber(value));
        const slack = Math.abs(value) * 1e-9;
        expect(formatter.invert(written - 1)).toBeLessThanOrEqual(value + slack);
        expect(formatter.invert(written + 1)).toBeGreaterThanOrEqual(value - slack);
      }),
    );
  });

  it('gives back exactly a value on which many training rows agree', () => {
    const formatter = fitted('scaled', [1, 2, 3, 3, 3, 3, 3, 3, 4, 9]);
    expect(backAndForth(formatter, 3)).toBe(3);
  });

  it('keeps the order of numbers when it scales', () => {
    fc.assert(
      fc.property(fc.array(moderate, { minLength: 1 }), moderate, moderate, (training, one, other) => {
        for (const format of ['scaled', 'scaled-linear'] as const) {
          const formatter = fitted(format, training);
          const [low, high] = one < other ? [one, other] : [other, one];
          expect(Number(formatter.formatNumber(low))).toBeLessThanOrEqual(Number(formatter.formatNumber(high)));
        }
      }),
    );
  });

  it('writes three digits for every number, however large', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), finite, (training, value) => {
        expect(fitted('scaled', training).formatNumber(value)).toMatch(/^\d{3}$/);
      }),
    );
  });

  it('leaves a cell alone that is no number, and every cell when there was nothing to learn from', () => {
    expect(fitted({ fixed: 2 }).formatCell('n/a')).toBe('n/a');
    expect(fitted('scaled', [1, 2]).formatCell('many')).toBe('many');
    expect(fitted('scaled', []).formatCell('17')).toBe('17');
  });

  it('survives JSON, so that a run writes the same numbers later', () => {
    const fit = fitNumberFormat('scaled', Float64Array.from([0.1, 0.2, 7 / 3, 1e300]));
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  });
});
