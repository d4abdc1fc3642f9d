import type { Pace } from '../foundation/pace';
import { factoriseCholesky, invertedFactor } from './cholesky-factor';
import { dotProduct } from './dot-product';

export interface KernelRidgeOptions {
  /** γ of the radial basis function exp(−γ·d²). */
  readonly gamma: number;
  /** λ, what is added to the diagonal of the kernel: how noisy the answers are held to be. */
  readonly ridge: number;
}

/**
 * Kernel ridge regression of one or several answers at once, with the radial basis function (Saunders, Gammerman and Vovk,
 * 1998), and what it would say of each of its own rows had it not seen that row's answer, which needs no second fit.
 */
export class KernelRidge {
  private constructor(
    private readonly gamma: number,
    private readonly means: Float64Array,
    /** [answers × rows] */
    private readonly weights: Float64Array,
    /** What is said of the fitted rows themselves, [answers × rows]. */
    readonly own: Float64Array,
    /** What is said of each by all others, [answers × rows]. */
    readonly leftOut: Float64Array,
  ) {}

  /**
   * @param distances squared distances between all rows, [rows × rows]
   * @param answers [answers × rows]
   */
  static async fit(
    distances: Float64Array,
    answers: Float64Array,
    { gamma, ridge }: KernelRidgeOptions,
    pace: Pace,
  ): Promise<KernelRidge> {
    const size = Math.sqrt(distances.length);
    const count = answers.length / size;
    const kernel = distances.map((distance) => Math.exp(-gamma * distance));
    for (let row = 0; row < size; row++) kernel[row * (size + 1)]! += ridge;
    await factoriseCholesky(kernel, size, pace);
    const inverse = await invertedFactor(kernel, size, pace);
    const means = new Float64Array(count);
    const weights = new Float64Array(answers.length);
    const [own, leftOut] = [answers.slice(), answers.slice()];
    const half = new Float64Array(size);
    for (let answer = 0; answer < count; answer++) {
      const start = answer * size;
      for (let row = 0; row < size; row++) means[answer]! += answers[start + row]! / size;
      for (let row = 0; row < size; row++) {
        const known = dotProduct(kernel, row * size, half, 0, row);
        half[row] = (answers[start + row]! - means[answer]! - known) / kernel[row * (size + 1)]!;
      }
      for (let row = 0; row < size; row++) {
        const at = row * (size + 1);
        const weight = dotProduct(inverse, at, half, row, size - row);
        weights[start + row] = weight;
        own[start + row]! -= ridge * weight;
        // The inverse of K + λI has on its diagonal how much of that is the row's own doing (Cawley and Talbot, 2003).
        leftOut[start + row]! -= weight / dotProduct(inverse, at, inverse, at, size - row);
      }
    }
    return new KernelRidge(gamma, means, weights, own, leftOut);
  }

  /**
   * @param distances squared distances of a row to the fitted ones
   * @returns one number for each answer
   */
  predict(distances: Float64Array): Float64Array {
    const size = distances.length;
    const likeness = distances.map((distance) => Math.exp(-this.gamma * distance));
    return this.means.map((mean, answer) => mean + dotProduct(this.weights, answer * size, likeness, 0, size));
  }
}
