import type { CodedColumn } from './coded-columns';

/** A cut of a leaf at one column: rows with at most `code` go left. */
export interface HistogramCut {
  readonly feature: number;
  readonly code: number;
  /** By how much it lowers the second-order loss. */
  readonly gain: number;
}

export interface GainOptions {
  /** Fewest rows on either side. */
  readonly minLeaf: number;
  /** L2 penalty on leaf values. */
  readonly lambda: number;
}

const leastHessian = 1e-3;

/**
 * Sums of gradients, hessians and row counts for each code of each column, over the rows of one leaf. The sums of a leaf
 * are those of its parent less those of its sibling, so only the smaller of two children is ever counted (LightGBM).
 */
export class Histogram {
  private readonly sums: Float64Array;

  constructor(
    private readonly columns: readonly CodedColumn[],
    private readonly offsets: Int32Array,
  ) {
    this.sums = new Float64Array(3 * offsets[columns.length]!);
  }

  /** Where each column's codes begin, and in the end how many there are. */
  static offsetsOf(columns: readonly CodedColumn[]): Int32Array {
    const offsets = new Int32Array(columns.length + 1);
    columns.forEach((column, feature) => (offsets[feature + 1] = offsets[feature]! + column.highest.length));
    return offsets;
  }

  /** Counts rows[start … end), with gradients and hessians given per row. */
  count(rows: Int32Array, start: number, end: number, gradients: Float64Array, hessians: Float64Array): void {
    const { sums } = this;
    sums.fill(0);
    this.columns.forEach(({ codes }, feature) => {
      const base = 3 * this.offsets[feature]!;
      for (let index = start; index < end; index++) {
        const row = rows[index]!;
        const at = base + 3 * codes[row]!;
        sums[at]! += gradients[row]!;
        sums[at + 1]! += hessians[row]!;
        sums[at + 2]!++;
      }
    });
  }

  /** Takes away the sums of a part of the rows. */
  subtract(part: Histogram): void {
    for (let index = 0; index < this.sums.length; index++) this.sums[index]! -= part.sums[index]!;
  }

  /** The cut with the highest gain G²∕(H + λ) summed over the sides, less that of the whole (Chen and Guestrin 2016). */
  bestCut({ minLeaf, lambda }: GainOptions): HistogramCut | undefined {
    const { sums, offsets } = this;
    let best: HistogramCut | undefined;
    let bestGain = 1e-12;
    for (let feature = 0; feature < this.columns.length; feature++) {
      const from = 3 * offsets[feature]!;
      const to = 3 * offsets[feature + 1]!;
      let gradient = 0;
      let hessian = 0;
      let rows = 0;
      for (let at = from; at < to; at += 3) {
        gradient += sums[at]!;
        hessian += sums[at + 1]!;
        rows += sums[at + 2]!;
      }
      const whole = (gradient * gradient) / (hessian + lambda);
      let leftGradient = 0;
      let leftHessian = 0;
      let leftRows = 0;
      for (let at = from; at < to - 3; at += 3) {
        if (sums[at + 2] === 0) continue;
        leftGradient += sums[at]!;
        leftHessian += sums[at + 1]!;
        leftRows += sums[at + 2]!;
        if (leftRows < minLeaf || leftHessian < leastHessian) continue;
        const rightHessian = hessian - leftHessian;
        if (rows - leftRows < minLeaf || rightHessian < leastHessian) break;
        const rightGradient = gradient - leftGradient;
        const gain =
          (leftGradient * leftGradient) / (leftHessian + lambda) +
          (rightGradient * rightGradient) / (rightHessian + lambda) -
          whole;
        if (gain > bestGain) {
          bestGain = gain;
          best = { feature, code: (at - from) / 3, gain };
        }
      }
    }
    return best;
  }
}
