import type { BinnedRows } from './binned-rows';

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
const leastGain = 1e-12;

/**
 * Sums of gradients, hessians and row counts for each code of each column, over the rows of one leaf. The sums of a leaf
 * are those of its parent less those of its sibling, so only the smaller of two children is ever counted (LightGBM).
 */
export class Histogram {
  /** Three numbers a bin: gradient, hessian, rows. */
  private readonly sums: Float64Array;

  constructor(private readonly binned: BinnedRows) {
    this.sums = new Float64Array(3 * binned.offsets[binned.columns.length]!);
  }

  /** Counts rows[start … end), with gradients and hessians given per row. */
  count(rows: Int32Array, start: number, end: number, gradients: Float64Array, hessians: Float64Array): void {
    const { sums } = this;
    const { bins, columns } = this.binned;
    const width = columns.length;
    sums.fill(0);
    for (let index = start; index < end; index++) {
      const row = rows[index]!;
      const gradient = gradients[row]!;
      const hessian = hessians[row]!;
      for (let at = row * width, last = at + width; at < last; at++) {
        const place = 3 * bins[at]!;
        sums[place]! += gradient;
        sums[place + 1]! += hessian;
        sums[place + 2]!++;
      }
    }
  }

  /** Takes away the sums of a part of the rows. */
  subtract(part: Histogram): void {
    for (let index = 0; index < this.sums.length; index++) this.sums[index]! -= part.sums[index]!;
  }

  /** The cut with the highest gain G²∕(H + λ) summed over the sides, less that of the whole (Chen and Guestrin 2016). */
  bestCut({ minLeaf, lambda }: GainOptions): HistogramCut | undefined {
    const { sums } = this;
    const { offsets, columns } = this.binned;
    const [gradient, hessian, rows] = this.totals();
    const whole = (gradient * gradient) / (hessian + lambda);
    let best: HistogramCut | undefined;
    let bestGain = leastGain;
    for (let feature = 0; feature < columns.length; feature++) {
      const from = 3 * offsets[feature]!;
      const to = 3 * offsets[feature + 1]!;
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

  /** Gradient, hessian and rows of the leaf: the sums over any one column. */
  private totals(): [number, number, number] {
    const totals: [number, number, number] = [0, 0, 0];
    for (let at = 0; at < 3 * this.binned.offsets[1]!; at += 3) {
      totals[0] += this.sums[at]!;
      totals[1] += this.sums[at + 1]!;
      totals[2] += this.sums[at + 2]!;
    }
    return totals;
  }
}
