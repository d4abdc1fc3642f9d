import { describe, expect, it } from 'vitest';
import { fitShare, poolClasses, poolNumbers } from '../../../src/core/evaluation/opinion-pool';
import { rankedProbabilityOfPool } from '../../../src/core/evaluation/ranked-probability';

describe('a pool of two opinions', () => {
  it('lies between them', () => {
    expect(poolClasses([1, 0], [0.5, 0.5], 0.5)).toEqual([0.75, 0.25]);
  });

  it('keeps numbers in ascending order, each once', () => {
    const first = { values: [1, 2, 4], probabilities: [0.5, 0.25, 0.25] };
    const second = { values: [0, 2, 2, 9], probabilities: [0.25, 0.25, 0.25, 0.25] };
    const { values, probabilities } = poolNumbers(first, second, 0.6);
    expect(values).toEqual([0, 1, 2, 4, 9]);
    [0.1, 0.3, 0.35, 0.15, 0.1].forEach((expected, index) => {
      expect(probabilities[index]).toBeCloseTo(expected, 12);
    });
  });
});

describe('the share of the first opinion', () => {
  it('is a half where nothing is known', () => {
    expect(fitShare(() => 0)).toBeCloseTo(0.5, 6);
  });

  it('follows few rows a little, and many all the way', () => {
    const shareAfter = (rows: number): number => fitShare((share) => -rows * Math.log(0.9 * share + 0.1 * (1 - share)));
    expect(shareAfter(2)).toBeGreaterThan(0.5);
    expect(shareAfter(2)).toBeLessThan(0.75);
    expect(shareAfter(500)).toBeGreaterThan(0.98);
  });
});

describe('the ranked probability score of a pool', () => {
  const at = (number: number): { values: number[]; probabilities: number[] } => ({
    values: [number],
    probabilities: [1],
  });

  it('is the absolute error of a single number', () => {
    const { a, b, c } = rankedProbabilityOfPool(at(7), at(2), 4);
    expect(c).toBeCloseTo(2, 12);
    expect(a + b + c).toBeCloseTo(3, 12);
  });

  it('is what the definition says: E|X − y| − E|X − X′| ∕ 2', () => {
    const first = { values: [0, 3, 5], probabilities: [0.2, 0.5, 0.3] };
    const second = { values: [1, 3, 8], probabilities: [0.4, 0.4, 0.2] };
    const { a, b, c } = rankedProbabilityOfPool(first, second, 2.5);
    for (const share of [0, 0.3, 0.8, 1]) {
      const { values, probabilities } = poolNumbers(first, second, share);
      const each = Array.from(values, (value, index) => [value, probabilities[index]!] as const);
      const error = each.reduce((sum, [value, chance]) => sum + chance * Math.abs(value - 2.5), 0);
      const spread = each.reduce(
        (sum, [x, p]) => sum + each.reduce((inner, [y, q]) => inner + p * q * Math.abs(x - y), 0),
        0,
      );
      expect((a * share + b) * share + c).toBeCloseTo(error - spread / 2, 12);
    }
  });
});
