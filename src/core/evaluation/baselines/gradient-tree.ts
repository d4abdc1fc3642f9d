import type { BinnedRows } from './binned-rows';
import { partition } from '../../trees/cart';
import { thresholdBetween } from '../../trees/coded-columns';
import { TreeBuilder, type FlatTree } from '../../trees/flat-tree';
import { Histogram, type GainOptions, type HistogramCut } from './histogram';
import type { Pace } from '../../foundation/pace';

export interface GradientTreeOptions extends GainOptions {
  readonly leaves: number;
}

/** First and second derivatives of the loss by the score of each row. */
export interface Derivatives {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly histogram: Histogram;
  readonly cut: HistogramCut | undefined;
}

/**
 * Grows the trees of gradient boosting over binned rows: always the leaf whose cut gains most is split next, until the
 * tree has its number of leaves (LightGBM, Ke et al. 2017). Buffers are kept from tree to tree.
 */
export class GradientTreeGrower {
  private readonly rows: Int32Array;
  private readonly spare: Histogram[] = [];

  constructor(
    private readonly binned: BinnedRows,
    rowCount: number,
    private readonly options: GradientTreeOptions,
  ) {
    this.rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  }

  /**
   * Fits a tree to minus gradient ∕ hessian with values times `rate`, and adds them to `scores` ([rows × stride], column
   * `offset`). Undefined when no cut gains anything.
   */
  async grow(
    derivatives: Derivatives,
    rate: number,
    scores: { readonly data: Float64Array; readonly stride: number; readonly offset: number },
    pace: Pace,
  ): Promise<FlatTree | undefined> {
    const builder = new TreeBuilder(1);
    const leaves: Leaf[] = [this.countedLeaf(builder.addNode(), 0, this.rows.length, derivatives)];
    while (leaves.length < this.options.leaves) {
      if (pace.due()) await pace.breathe();
      const parent = leaves.reduce((best, leaf) => ((leaf.cut?.gain ?? 0) > (best.cut?.gain ?? 0) ? leaf : best));
      if (!parent.cut) break;
      leaves.splice(leaves.indexOf(parent), 1, ...this.divide(parent, parent.cut, builder, derivatives));
    }
    this.spare.push(...leaves.map((leaf) => leaf.histogram));
    if (leaves.length === 1) return undefined;
    for (const leaf of leaves) {
      const value = this.newtonStep(leaf, derivatives) * rate;
      builder.setValues(leaf.node, [value]);
      for (let index = leaf.start; index < leaf.end; index++) {
        scores.data[this.rows[index]! * scores.stride + scores.offset]! += value;
      }
    }
    return builder.build('double');
  }

  private countedLeaf(node: number, start: number, end: number, { gradients, hessians }: Derivatives): Leaf {
    const histogram = this.spare.pop() ?? new Histogram(this.binned);
    histogram.count(this.rows, start, end, gradients, hessians);
    return { node, start, end, histogram, cut: this.bestCut(histogram, start, end) };
  }

  private bestCut(histogram: Histogram, start: number, end: number): HistogramCut | undefined {
    return end - start < 2 * this.options.minLeaf ? undefined : histogram.bestCut(this.options);
  }

  private divide(parent: Leaf, cut: HistogramCut, builder: TreeBuilder, derivatives: Derivatives): Leaf[] {
    const column = this.binned.columns[cut.feature]!;
    const { start, end, histogram } = parent;
    const middle = partition(this.rows, start, end, column.codes, cut.code);
    const [left, right] = builder.split(parent.node, cut.feature, thresholdBetween(column, cut.code, cut.code + 1));
    const leftIsSmaller = middle - start <= end - middle;
    const smaller = leftIsSmaller
      ? this.countedLeaf(left, start, middle, derivatives)
      : this.countedLeaf(right, middle, end, derivatives);
    histogram.subtract(smaller.histogram);
    const larger = leftIsSmaller ? { node: right, start: middle, end } : { node: left, start, end: middle };
    return [smaller, { ...larger, histogram, cut: this.bestCut(histogram, larger.start, larger.end) }];
  }

  /** −G ∕ (H + λ). */
  private newtonStep({ start, end }: Leaf, { gradients, hessians }: Derivatives): number {
    let gradient = 0;
    let hessian = 0;
    for (let index = start; index < end; index++) {
      gradient += gradients[this.rows[index]!]!;
      hessian += hessians[this.rows[index]!]!;
    }
    return -gradient / (hessian + this.options.lambda);
  }
}
