import { describe, expect, it } from 'vitest';
import { fitLogistic, logisticProbabilities } from '../../../../src/core/evaluation/baselines/logistic-regression';
import { Pace } from '../../../../src/core/foundation/pace';
import { predictLinear, RidgeSolver } from '../../../../src/core/evaluation/baselines/ridge';
import { readFixture } from '../fixture';
import { matrix } from './model-fixture';

const { rows, logistic, ridge } = readFixture('linear') as {
  rows: number[][];
  logistic: { labels: number[]; C: number; coefficients: number[][] }[];
  ridge: { rows: number[][]; targets: number[]; alpha: number; weights: number[]; intercept: number }[];
};
const exact = { maxIterations: 5000, gradientTolerance: 1e-10 };

describe('logistic regression', () => {
  it.each(logistic)('has the coefficients of scikit-learn on case %#', async ({ labels, C, coefficients }) => {
    const classCount = Math.max(...labels) + 1;
    const model = await fitLogistic(matrix(rows), Int32Array.from(labels), classCount, C, exact, new Pace());
    expect(model.coefficients).toHaveLength(coefficients.flat().length);
    // A softmax is the same when all intercepts move together; scikit-learn's sum to 0, and so do ours from a start of 0.
    coefficients.flat().forEach((value, index) => {
      expect(Math.abs(model.coefficients[index]! - value)).toBeLessThan(1e-4);
    });
  });

  it('gives probabilities that sum to one, also for extreme scores', () => {
    const model = { classCount: 3, outputs: 3, coefficients: Float64Array.of(900, 0, -900, 0, 0, 5) };
    const probabilities = logisticProbabilities(model, matrix([[1], [-1], [0]]));
    for (let row = 0; row < 3; row++) {
      expect(probabilities.subarray(3 * row, 3 * row + 3).reduce((sum, value) => sum + value)).toBeCloseTo(1, 12);
    }
    expect([...probabilities.subarray(0, 3)]).toEqual([1, 0, 0]);
  });

  it('keeps to the class shares when the columns say nothing', async () => {
    const labels = Int32Array.of(0, 0, 0, 1);
    const model = await fitLogistic(matrix([[0], [0], [0], [0]]), labels, 2, 1, exact, new Pace());
    expect(logisticProbabilities(model, matrix([[0]]))[0]).toBeCloseTo(0.75, 8);
  });
});

describe('ridge regression', () => {
  it.each(ridge)('has the coefficients of scikit-learn on case %#', async (expected) => {
    const columns = matrix(expected.rows);
    const solver = await RidgeSolver.prepare(columns, Float64Array.from(expected.targets), new Pace());
    const model = await solver.solve(expected.alpha, new Pace());
    expect(Math.abs(model.intercept - expected.intercept)).toBeLessThan(1e-9);
    expected.weights.forEach((value, index) => {
      expect(Math.abs(model.weights[index]! - value)).toBeLessThan(1e-9);
    });
    const first = expected.rows[0]!.reduce((sum, value, index) => sum + value * expected.weights[index]!, 0);
    expect(predictLinear(model, columns)[0]).toBeCloseTo(first + expected.intercept, 9);
  });
});
