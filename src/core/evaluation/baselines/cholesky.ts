import type { Pace } from '../../foundation/pace';
import { factoriseCholesky } from '../../kernels/cholesky-factor';

/**
 * Solves A·x = b for a symmetric positive definite A by Cholesky factorisation.
 *
 * @param matrix A, [size × size] in row-major order, of which the lower triangle is read; it is left alone
 */
export async function solveCholesky(
  matrix: Float64Array,
  size: number,
  right: Float64Array,
  pace: Pace,
): Promise<Float64Array> {
  const factor = matrix.slice();
  await factoriseCholesky(factor, size, pace);
  const solution = right.slice();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) solution[row]! -= factor[row * size + column]! * solution[column]!;
    solution[row]! /= factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    solution[row]! /= factor[row * size + row]!;
    for (let column = 0; column < row; column++) solution[column]! -= factor[row * size + column]! * solution[row]!;
  }
  return solution;
}
