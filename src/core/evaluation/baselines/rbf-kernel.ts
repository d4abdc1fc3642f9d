import { squaredDistance, type Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';

/** Squared Euclidean distances between all rows, [rows × rows] in single precision, as LIBSVM keeps its kernel. */
export async function pairwiseSquaredDistances(rows: Matrix, pace: Pace): Promise<Float32Array> {
  const distances = new Float32Array(rows.rows * rows.rows);
  for (let first = 0; first < rows.rows; first++) {
    if (pace.due()) await pace.breathe();
    for (let second = 0; second < first; second++) {
      const distance = squaredDistance(rows, first, rows, second);
      distances[first * rows.rows + second] = distance;
      distances[second * rows.rows + first] = distance;
    }
  }
  return distances;
}

/** The radial basis function exp(−γ·d²) of every squared distance, [rows × rows]. */
export async function rbfKernel(
  squaredDistances: Float32Array,
  rows: number,
  gamma: number,
  pace: Pace,
): Promise<Float32Array> {
  const kernel = new Float32Array(squaredDistances.length);
  for (let row = 0; row < rows; row++) {
    if (pace.due()) await pace.breathe();
    for (let at = row * rows; at < (row + 1) * rows; at++) kernel[at] = Math.exp(-gamma * squaredDistances[at]!);
  }
  return kernel;
}

/** The usual width 1 ∕ (columns · variance of all entries), "scale" in scikit-learn; 1 for constant data. */
export function scaledGamma({ columns, data }: Matrix): number {
  let mean = 0;
  for (const value of data) mean += value / data.length;
  let variance = 0;
  for (const value of data) variance += (value - mean) ** 2 / data.length;
  return variance > 0 ? 1 / (columns * variance) : 1;
}
