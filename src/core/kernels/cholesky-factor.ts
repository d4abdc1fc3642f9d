import type { Pace } from '../foundation/pace';
import { dotProduct } from './dot-product';

/**
 * Turns the lower triangle of a symmetric positive definite matrix A into L with A = L·Lᵀ, in place.
 *
 * @param matrix [size × size] in row-major order; its upper triangle is left as it is
 */
export async function factoriseCholesky(matrix: Float64Array, size: number, pace: Pace): Promise<void> {
  for (let row = 0; row < size; row++) {
    if (pace.due()) await pace.breathe();
    for (let column = 0; column <= row; column++) {
      const at = row * size + column;
      const rest = matrix[at]! - dotProduct(matrix, row * size, matrix, column * size, column);
      matrix[at] = column === row ? Math.sqrt(rest) : rest / matrix[column * (size + 1)]!;
    }
  }
}

/**
 * The inverse of the factor L, transposed, so that its rows lie in one piece: A⁻¹ = (L⁻¹)ᵀ·L⁻¹.
 *
 * @returns [size × size], of which the upper triangle holds (L⁻¹)ᵀ and the rest is 0
 */
export async function invertedFactor(factor: Float64Array, size: number, pace: Pace): Promise<Float64Array> {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    if (pace.due()) await pace.breathe();
    const start = column * size;
    inverse[start + column] = 1 / factor[start + column]!;
    for (let row = column + 1; row < size; row++) {
      const known = dotProduct(factor, row * size + column, inverse, start + column, row - column);
      inverse[start + row] = -known / factor[row * (size + 1)]!;
    }
  }
  return inverse;
}
