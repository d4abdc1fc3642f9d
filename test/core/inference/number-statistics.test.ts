import { describe, expect, it } from 'vitest';
import { greedyOf, meanOf, modeOf, quantileOf } from '../../../src/core/inference/number-statistics';

const distribution = { values: [1, 2, 10], probabilities: [0.3, 0.45, 0.25] };

describe('statistics of a number distribution', () => {
  it('gives the expectation', () => {
    expect(meanOf(distribution)).toBeCloseTo(3.7);
  });

  it('gives the value at which a level is reached', () => {
    expect([0.05, 0.3, 0.5, 0.75, 0.76, 1].map((level) => quantileOf(distribution, level))).toEqual([
      1, 1, 2, 2, 10, 10,
    ]);
  });

  it('reaches the last value also when rounding leaves the sum below the level', () => {
    expect(quantileOf({ values: [1, 2], probabilities: [0.5, 0.49] }, 1)).toBe(2);
  });

  it('gives the most probable value', () => {
    expect(modeOf(distribution)).toBe(2);
  });

  it('gives what digit by digit greedy decoding writes, which need not be the most probable value', () => {
    const probabilities = new Array<number>(100).fill(0);
    probabilities[17] = 0.4;
    probabilities[31] = 0.3;
    probabilities[38] = 0.3;
    const values = probabilities.map((_, index) => index);
    expect(modeOf({ values, probabilities })).toBe(17);
    expect(greedyOf({ values, probabilities })).toBe(31);
  });
});
