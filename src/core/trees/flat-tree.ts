import type { Matrix } from './matrix';

/** A binary decision tree in arrays, node 0 the root. A row goes left when its `feature` is at most `threshold`. */
export interface FlatTree {
  /** Column asked at each node; −1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** Children of a node; at a leaf `left` is its place in `values`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** [leaves × outputs], row-major. */
  readonly values: Float32Array | Float64Array;
  readonly outputs: number;
}

/** Collects nodes while a tree grows; each is a leaf until it is split. */
export class TreeBuilder {
  private readonly feature: number[] = [];
  private readonly threshold: number[] = [];
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly values: number[] = [];

  constructor(private readonly outputs: number) {}

  addNode(): number {
    this.left.push(-1);
    this.right.push(-1);
    this.threshold.push(0);
    return this.feature.push(-1) - 1;
  }

  /** Splits a node and returns its two new children. */
  split(node: number, feature: number, threshold: number): [number, number] {
    this.feature[node] = feature;
    this.threshold[node] = threshold;
    const left = this.addNode();
    const right = this.addNode();
    this.left[node] = left;
    this.right[node] = right;
    return [left, right];
  }

  /** Gives a leaf its values, one an output. */
  setValues(node: number, values: ArrayLike<number>): void {
    this.left[node] = this.values.length / this.outputs;
    for (let output = 0; output < this.outputs; output++) this.values.push(values[output]!);
  }

  /** Single precision halves the memory of a forest over many classes, whose values are shares. */
  build(precision: 'single' | 'double'): FlatTree {
    return {
      feature: Int32Array.from(this.feature),
      threshold: Float64Array.from(this.threshold),
      left: Int32Array.from(this.left),
      right: Int32Array.from(this.right),
      values: precision === 'single' ? Float32Array.from(this.values) : Float64Array.from(this.values),
      outputs: this.outputs,
    };
  }
}

/** Adds factor · values of the leaf that each row reaches to `target`, [rows × stride] at column `offset`. */
export function addTreeValues(
  tree: FlatTree,
  rows: Matrix,
  target: Float64Array,
  factor = 1,
  stride = tree.outputs,
  offset = 0,
): void {
  const { values, outputs } = tree;
  for (let row = 0; row < rows.rows; row++) {
    const from = leafOf(tree, rows.data, row * rows.columns) * outputs;
    const to = row * stride + offset;
    for (let output = 0; output < outputs; output++) target[to + output]! += factor * values[from + output]!;
  }
}

/** The leaf that a row reaches, by its place among the leaves. @param start where the row begins in `data` */
export function leafOf({ feature, threshold, left, right }: FlatTree, data: Float64Array, start: number): number {
  let node = 0;
  for (let asked = feature[0]!; asked >= 0; asked = feature[node]!) {
    node = data[start + asked]! <= threshold[node]! ? left[node]! : right[node]!;
  }
  return left[node]!;
}
