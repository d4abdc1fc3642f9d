import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTemperature, fitTemperature } from '../../../src/core/evaluation/temperature';
import { readFixture } from './fixture';

const { temperature: fixture } = readFixture('calibration') as {
  temperature: { logits: number[][]; truth: number[]; temperature: number; lossBefore: number; lossAfter: number };
};

describe('temperature scaling', () => {
  it('finds the minimum that SciPy finds', () => {
    const fit = fitTemperature(fixture.logits, fixture.truth, Infinity);
    expect(fit.temperature).toBeCloseTo(fixture.temperature, 6);
    expect(fit.lossBefore).toBeCloseTo(fixture.lossBefore, 9);
    expect(fit.lossAfter).toBeCloseTo(fixture.lossAfter, 9);
  });

  it('is never worse than no scaling on the rows it was fitted on, and stays within its bounds', () => {
    const score = fc.oneof(fc.double({ min: -60, max: 60, noNaN: true }), fc.constant(-Infinity));
    const row = fc.array(score, { minLength: 3, maxLength: 3 });
    const rows = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, (data) => {
        const fit = fitTemperature(
          data.map(([scores]) => scores),
          data.map(([, truth]) => truth),
        );
        expect(fit.lossAfter).toBeLessThanOrEqual(fit.lossBefore);
        expect(fit.temperature).toBeGreaterThanOrEqual(0.05 - 1e-9);
        expect(fit.temperature).toBeLessThanOrEqual(20 + 1e-9);
      }),
    );
  });

  it('asks for little more certainty when a few rows are predicted rightly, for more when many are', () => {
    const temperature = (count: number): number =>
      fitTemperature(
        Array.from({ length: count }, () => [2, 0]),
        new Array<number>(count).fill(0),
      ).temperature;
    expect(temperature(5)).toBeGreaterThan(0.7);
    expect(temperature(5)).toBeLessThan(1);
    expect(temperature(1000)).toBeLessThan(0.4);
  });

  it('stays within its bounds when nothing speaks against certainty', () => {
    const scores = [
      [2, 0],
      [0, 3],
    ];
    expect(fitTemperature(scores, [0, 1], Infinity).temperature).toBeCloseTo(0.05, 6);
  });

  it('leaves probabilities alone where there are no rows to fit on', () => {
    expect(fitTemperature([], []).temperature).toBe(1);
  });

  it('keeps the order of the classes and sums to one when applied', () => {
    const probabilities = applyTemperature([Math.log(0.7), Math.log(0.2), Math.log(0.1)], 2);
    const roots = [0.7, 0.2, 0.1].map(Math.sqrt);
    const total = roots.reduce((sum, value) => sum + value);
    probabilities.forEach((value, index) => {
      expect(value).toBeCloseTo(roots[index]! / total, 12);
    });
    expect(applyTemperature([0, -Infinity], 1)[1]).toBeLessThan(1e-29);
  });
});
