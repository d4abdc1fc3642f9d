import { describe, expect, it } from 'vitest';
import { accuracyInterval, pairedDifferenceInterval, rmseInterval } from '../../../src/core/evaluation/bootstrap';
import { Random } from '../../../src/core/foundation/random';

describe('bootstrap interval', () => {
  it('comes close to the normal interval of an accuracy on many rows', () => {
    const correct = Array.from({ length: 1000 }, (_, row) => row % 5 !== 0);
    const { lower, upper } = accuracyInterval(correct, { seed: 3 });
    const half = 1.96 * Math.sqrt((0.8 * 0.2) / 1000);
    expect(lower).toBeCloseTo(0.8 - half, 2);
    expect(upper).toBeCloseTo(0.8 + half, 2);
  });

  it('holds the true error of a predictor about as often as asked', () => {
    const random = new Random(4);
    let covered = 0;
    for (let repeat = 0; repeat < 200; repeat++) {
      const errors = Array.from({ length: 60 }, () => 2 * random.normal());
      const { lower, upper } = rmseInterval(errors, new Float64Array(60), {
        seed: repeat,
        confidence: 0.9,
        resamples: 200,
      });
      if (lower <= 2 && 2 <= upper) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.82);
    expect(covered / 200).toBeLessThan(0.95);
  });

  it('is the same for the same seed and a point for equal rows', () => {
    const correct = [true, false, true, true];
    expect(accuracyInterval(correct, { seed: 1 })).toEqual(accuracyInterval(correct, { seed: 1 }));
    expect(accuracyInterval([true, true], { seed: 1 })).toEqual({ lower: 1, upper: 1, confidence: 0.95 });
  });

  it('leaves out 0 when one predictor is better in nearly every row, and holds it when they differ by chance', () => {
    const random = new Random(5);
    const first = Array.from({ length: 100 }, () => random.normal());
    const better = first.map((value) => value - 0.5 + 0.1 * random.normal());
    const like = first.map((value) => value + 0.5 * random.normal());
    const clear = pairedDifferenceInterval(first, better, { seed: 1 });
    expect(clear.lower).toBeGreaterThan(0.4);
    expect(clear.upper).toBeLessThan(0.6);
    const chance = pairedDifferenceInterval(first, like, { seed: 1 });
    expect(chance.lower).toBeLessThan(0);
    expect(chance.upper).toBeGreaterThan(0);
  });
});
