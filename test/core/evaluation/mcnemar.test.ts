import { describe, expect, it } from 'vitest';
import { mcNemarTest } from '../../../src/core/evaluation/mcnemar';
import { readFixture } from './fixture';

const { mcnemar } = readFixture('calibration') as {
  mcnemar: { onlyFirst: number; onlySecond: number; pValue: number }[];
};

describe('McNemar test', () => {
  it.each(mcnemar)('agrees with the exact binomial test for $onlyFirst against $onlySecond', (expected) => {
    const repeat = (value: boolean, times: number): boolean[] => new Array<boolean>(times).fill(value);
    const { onlyFirst, onlySecond } = expected;
    const first = [...repeat(true, onlyFirst), ...repeat(false, onlySecond), true, false];
    const second = [...repeat(false, onlyFirst), ...repeat(true, onlySecond), true, false];
    const result = mcNemarTest(first, second);
    expect(result).toMatchObject({ onlyFirst, onlySecond });
    expect(Math.abs(result.pValue - expected.pValue)).toBeLessThan(1e-9);
  });

  it('sees no difference between predictors that are right on the same rows', () => {
    expect(mcNemarTest([true, false], [true, false]).pValue).toBe(1);
  });
});
