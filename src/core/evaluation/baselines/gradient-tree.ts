import { partition } from './cart';
import { thresholdBetween, type CodedColumn } from './coded-columns';
import { TreeBuilder, type FlatTree } from './flat-tree';
import { Histogram, type GainOptions, type HistogramCut } from './histogram';
import type { Pace } from './pace';

export interface GradientTreeOptions extends GainOptions {
  readonly leaves: number;
}

interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly histogram: Histogram;
  readonly cut: HistogramCut | undefined;
}

/**
 * Grows the trees of gradient boosting over coded columns: always the leaf whose cut gains most is split next, until the
 * tree has its number of leaves (LightGBM, Ke et al. 2017). Buffers are kept from tree to tree.
 */
export class GradientTreeGrower {
  private readonly rows: Int32Array;
  private readonly offsets: Int32Array;
  private readonly spare: Histogram[] = [];

  constructor(
    private readonly columns: readonly CodedColumn[],
    rowCount: number,
    private readonly options: GradientTreeOptions,
  ) {
    this.rows = Int32Array.from({ length: rowCount }, (_, row) => row);
    this.offsets = Histogram.offsetsOf(columns);
  }

  /**
   * Fits a tree to minus gradient ∕ hessian, and adds rate · leaf value to `scores` ([rows × stride], column `offset`).
   * Undefined when no cut gains anything.
   */
  async grow(
    gradients: Float64Array,
    hessians: Float64Array,
    rate: number,
    scores: { readonly data: Float64Array; readonly stride: number; readonly offset: number },
    pace: Pace,
  ): Promise<FlatTree | undefined> {
    const builder = new TreeBuilder(1);
    const root = this.countedLeaf(builder.addNode(), 0, this.rows.length, gradients, hessians);
    const leaves: Leaf[] = [root];
    while (leaves.length < this.options.leaves) {
      if (pace.due()) await pace.breathe();
      const parent = leaves.reduce((best, leaf) => ((leaf.cut?.gain ?? 0) > (best.cut?.gain ?? 0) ? leaf : best));
      if (!parent.cut) break;
      leaves.splice(leaves.indexOf(parent), 1, ...this.divide(parent, parent.cut, builder, gradients, hessians));
    }
    for (const leaf of leaves) {
      const value = this.leafValue(leaf, gradients, hessians) * rate;
      builder.setValues(leaf.node, [value]);
      for (let index = leaf.start; index < leaf.end; index++) {
        scores.data[this.rows[index]! * scores.stride + scores.offset]! += value;
      }
      this.spare.push(leaf.histogram);
    }
    return leaves.length > 1 ? builder.build('double') : undefined;
  }

  private countedLeaf(node: number, start: number, end: number, gradients: Float64Array, hessians: Float64Array): Leaf {
    const histogram = this.spare.pop() ?? new Histogram(this.columns, this.offsets);
    histogram.count(this.rows, start, end, gradients, hessians);
    return { node, start, end, histogram, cut: histogram.bestCut(this.options) };
  }

  private divide(
    parent: Leaf,
    cut: HistogramCut,
    builder: TreeBuilder,
    gradients: Float64Array,
    hessians: Float64Array,
  ): Leaf[] {
    const column = this.columns[cut.feature]!;
    const { start, end, histogram } = parent;
    const middle = partition(this.rows, start, end, column.codes, cut.code);
    const [left, right] = builder.split(parent.node, cut.feature, thresholdBetween(column, cut.code, cut.code + 1));
    const leftIsSmaller = middle - start <= end - middle;
    const smaller = leftIsSmaller
      ? this.countedLeaf(left, start, middle, gradients, hessians)
      : this.countedLeaf(right, middle, end, gradients, hessians);
    histogram.subtract(smaller.histogram);
    const range = leftIsSmaller ? { node: right, start: middle, end } : { node: left, start, end: middle };
    return [smaller, { ...range, histogram, cut: histogram.bestCut(this.options) }];
  }

  /** The Newton step −G ∕ (H + λ). */
  private leafValue({ start, end }: Leaf, gradients: Float64Array, hessians: Float64Array): number {
    let gradient = 0;
    let hessian = 0;
    for (let index = start; index < end; index++) {
      gradient += gradients[this.rows[index]!]!;
      hessian += hessians[this.rows[index]!]!;
    }
    return -gradient / (hessian + this.options.lambda);
  }
}
