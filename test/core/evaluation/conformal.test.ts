import { describe, expect, it } from 'vitest';
import { classSet, fitClassSets } from '../../../src/core/evaluation/conformal-classes';
import {
  centralInterval,
  fitBoundsMargin,
  fitResidualMargin,
  widenIntervals,
} from '../../../src/core/evaluation/conformal-intervals';
import { conformalQuantile, smallestCalibrationSet } from '../../../src/core/evaluation/conformal-quantile';
import { Random } from '../../../src/core/foundation/random';
import { readFixture } from './fixture';

const { conformal } = readFixture('calibration') as {
  conformal: { scores: number[]; quantiles: { confidence: number; value: number }[] };
};

describe('conformal quantile', () => {
  it.each(conformal.quantiles)('is the finite-sample one at $confidence', ({ confidence, value }) => {
    expect(conformalQuantile(conformal.scores, confidence)).toBeCloseTo(value, 12);
  });

  it('is infinite exactly until there are enough rows', () => {
    for (const confidence of [0.5, 0.8, 0.9, 0.95, 0.99]) {
      const enough = smallestCalibrationSet(confidence);
      expect(conformalQuantile(new Float64Array(enough - 1), confidence)).toBe(Infinity);
      expect(conformalQuantile(new Float64Array(enough), confidence)).toBe(0);
    }
    expect(smallestCalibrationSet(0.9)).toBe(9);
    expect(smallestCalibrationSet(0.95)).toBe(19);
  });
});

/** Repeats an experiment of 20 calibration rows and 20 new ones, and returns the share of new rows that were covered. */
function coverage(experiment: (random: Random) => { covered: number; asked: number }): number {
  const random = new Random(1);
  let covered = 0;
  let asked = 0;
  for (let repeat = 0; repeat < 400; repeat++) {
    const outcome = experiment(random);
    covered += outcome.covered;
    asked += outcome.asked;
  }
  return covered / asked;
}

describe('conformal class sets', () => {
  /** A predictor that is far too sure of itself, and the truth drawn from what it should have said. */
  function draw(random: Random): { probabilities: number[]; truth: number } {
    const scores = [random.normal(), random.normal(), random.normal()];
    const soften = (factor: number): number[] => {
      const weights = scores.map((score) => Math.exp(factor * score));
      const total = weights.reduce((sum, weight) => sum + weight);
      return weights.map((weight) => weight / total);
    };
    const honest = soften(1);
    const dice = random.next();
    return { probabilities: soften(6), truth: dice < honest[0]! ? 0 : dice < honest[0]! + honest[1]! ? 1 : 2 };
  }

  it('hold the truth as often as asked, even of an overconfident predictor', () => {
    const share = coverage((random) => {
      const rows = Array.from({ length: 20 }, () => draw(random));
      const threshold = fitClassSets(
        rows.map((row) => row.probabilities),
        rows.map((row) => row.truth),
        0.8,
      );
      const news = Array.from({ length: 20 }, () => draw(random));
      const covered = news.filter((row) => classSet(row.probabilities, threshold).includes(row.truth)).length;
      return { covered, asked: news.length };
    });
    expect(share).toBeGreaterThan(0.79);
    expect(share).toBeLessThan(0.9);
  });

  it('are ordered by probability, never empty, and full when there are too few rows', () => {
    expect(classSet([0.2, 0.5, 0.3], 0.75)).toEqual([1, 2]);
    expect(classSet([0.2, 0.5, 0.3], 0)).toEqual([1]);
    expect(classSet([0.2, 0.5, 0.3], fitClassSets([[0.2, 0.5, 0.3]], [1], 0.9))).toEqual([1, 2, 0]);
  });
});

describe('conformal intervals', () => {
  it('cover as often as asked by residuals, with one width', () => {
    const share = coverage((random) => {
      const truth = Array.from({ length: 20 }, () => random.normal());
      const margin = fitResidualMargin(truth, new Float64Array(20), 0.8);
      const news = Array.from({ length: 20 }, () => random.normal());
      return { covered: news.filter((value) => Math.abs(value) <= margin).length, asked: 20 };
    });
    expect(share).toBeGreaterThan(0.79);
    expect(share).toBeLessThan(0.85);
  });

  it('cover as often as asked from bounds that were too narrow, and follow their widths', () => {
    const share = coverage((random) => {
      const draw = (): { spread: number; value: number } => {
        const spread = 1 + random.next();
        return { spread, value: spread * random.normal() };
      };
      const bounds = (rows: readonly { spread: number }[]): { lower: number[]; upper: number[] } => ({
        lower: rows.map((row) => -row.spread / 2),
        upper: rows.map((row) => row.spread / 2),
      });
      const rows = Array.from({ length: 20 }, draw);
      const margin = fitBoundsMargin(
        rows.map((row) => row.value),
        bounds(rows),
        0.8,
      );
      const news = Array.from({ length: 20 }, draw);
      const { lower, upper } = widenIntervals(bounds(news), margin);
      return {
        covered: news.filter(({ value }, row) => lower[row]! <= value && value <= upper[row]!).length,
        asked: 20,
      };
    });
    expect(share).toBeGreaterThan(0.79);
    expect(share).toBeLessThan(0.85);
  });

  it('shrink bounds that were too wide, to their middle at most', () => {
    const bounds = { lower: [0, 0], upper: [10, 2] };
    expect(fitBoundsMargin([5, 5, 5], { lower: [0, 0, 0], upper: [10, 10, 10] }, 0.5)).toBe(-5);
    expect(widenIntervals(bounds, -3)).toEqual({ lower: [3, 1], upper: [7, 1] });
  });

  it('take the central part of a predictive distribution', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(centralInterval(values, new Array<number>(10).fill(0.1), 0.8)).toEqual({ lower: 1, upper: 9 });
    expect(centralInterval(values, [0, 0, 0, 5, 0, 0, 0, 0, 0, 0], 0.8)).toEqual({ lower: 4, upper: 4 });
  });
});
