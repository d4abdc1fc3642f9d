import type { EncodedRows } from '../../../../src/core/evaluation/baselines/baseline';
import type { Matrix } from '../../../../src/core/trees/matrix';
import { readFixture } from '../fixture';

type Metric = 'euclidean' | 'manhattan';

export interface ClassificationFixture {
  name: string;
  rows: number[][];
  labels: number[];
  neighbours: Record<Metric, Record<string, number[]>>;
  svm: { C: number; gamma: number; decisions: number[][]; predictions: number[] };
  forestAccuracy: number;
  boostingAccuracy: number;
}

export interface RegressionFixture {
  rows: number[][];
  targets: number[];
  neighbours: Record<Metric, Record<string, number[]>>;
  svr: { C: number; gamma: number; epsilon: number; predictions: number[] };
  forestError: number;
  boostingError: number;
}

/** Small generated tables and what scikit-learn's models predict on them; the first `trainRows` rows are for training. */
export const { trainRows, classification, regression } = readFixture('models') as {
  trainRows: number;
  classification: ClassificationFixture[];
  regression: RegressionFixture;
};

export function matrix(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
}

/** The same numbers for both encodings. */
export function encoded(rows: readonly (readonly number[])[]): EncodedRows {
  return { dense: matrix(rows), ordinal: matrix(rows) };
}

export function accuracy(predicted: ArrayLike<number>, truth: readonly number[]): number {
  return truth.filter((label, row) => predicted[row] === label).length / truth.length;
}

export function rootMeanSquare(predicted: ArrayLike<number>, truth: readonly number[]): number {
  return Math.sqrt(truth.reduce((total, value, row) => total + (predicted[row]! - value) ** 2, 0) / truth.length);
}
