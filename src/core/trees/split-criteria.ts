/** Where a column is best cut: the rows before `position` go left. */
export interface Cut {
  /** Higher is better; comparable between the columns of one node only. */
  readonly score: number;
  readonly position: number;
}

/** Judges the splits of one node of a decision tree, and says what its leaves predict. */
export interface SplitCriterion {
  readonly outputs: number;
  /** Takes rows[start … end) as the node to split; false when its rows are all alike. */
  startNode(rows: Int32Array, start: number, end: number): boolean;
  /** The prediction of the node, were it a leaf. */
  nodeValues(): ArrayLike<number>;
  /** The best cut between rows of different codes with `minLeaf` rows on either side; the rows are in order of `codes`. */
  bestCut(rows: Int32Array, codes: Int32Array, count: number, minLeaf: number): Cut | undefined;
}

/**
 * Class impurity, Gini or entropy. Both compare Σ f(count) over the classes and sides, which takes constant time a row:
 * Gini wants the highest Σ counts² ∕ n of the sides, entropy the highest Σ c·log c − n·log n.
 */
export class ClassImpurity implements SplitCriterion {
  private readonly total: Float64Array;
  private readonly below: Float64Array;
  private readonly xLogX: Float64Array;
  private count = 0;

  constructor(
    private readonly labels: Int32Array,
    readonly outputs: number,
    private readonly kind: 'gini' | 'entropy',
  ) {
    this.total = new Float64Array(outputs);
    this.below = new Float64Array(outputs);
    this.xLogX = Float64Array.from({ length: labels.length + 1 }, (_, x) => (x === 0 ? 0 : x * Math.log(x)));
  }

  startNode(rows: Int32Array, start: number, end: number): boolean {
    this.total.fill(0);
    this.count = end - start;
    for (let index = start; index < end; index++) this.total[this.labels[rows[index]!]!]!++;
    return !this.total.includes(this.count);
  }

  nodeValues(): Float64Array {
    return this.total.map((count) => count / this.count);
  }

  bestCut(rows: Int32Array, codes: Int32Array, count: number, minLeaf: number): Cut | undefined {
    const { below, total, xLogX, labels } = this;
    const gini = this.kind === 'gini';
    below.fill(0);
    let left = 0;
    let right = 0;
    for (const amount of total) right += gini ? amount * amount : xLogX[amount]!;
    let score = -Infinity;
    let position = -1;
    for (let index = 0; index < count - minLeaf; index++) {
      const label = labels[rows[index]!]!;
      const before = below[label]!++;
      const after = total[label]! - before;
      if (gini) {
        left += 2 * before + 1;
        right -= 2 * after - 1;
      } else {
        left += xLogX[before + 1]! - xLogX[before]!;
        right += xLogX[after - 1]! - xLogX[after]!;
      }
      const size = index + 1;
      if (size < minLeaf || codes[index] === codes[size]) continue;
      const quality = gini ? left / size + right / (count - size) : left - xLogX[size]! + right - xLogX[count - size]!;
      if (quality > score) {
        score = quality;
        position = size;
      }
    }
    return position < 0 ? undefined : { score, position };
  }
}

/** Squared error: the highest (Σ left)² ∕ n + (Σ right)² ∕ n is the lowest variance within the sides. */
export class TargetVariance implements SplitCriterion {
  readonly outputs = 1;
  private sum = 0;
  private count = 0;

  constructor(private readonly targets: Float64Array) {}

  startNode(rows: Int32Array, start: number, end: number): boolean {
    this.sum = 0;
    this.count = end - start;
    let differs = false;
    const first = this.targets[rows[start]!]!;
    for (let index = start; index < end; index++) {
      const target = this.targets[rows[index]!]!;
      this.sum += target;
      differs ||= target !== first;
    }
    return differs;
  }

  nodeValues(): number[] {
    return [this.sum / this.count];
  }

  bestCut(rows: Int32Array, codes: Int32Array, count: number, minLeaf: number): Cut | undefined {
    let left = 0;
    let score = -Infinity;
    let position = -1;
    for (let index = 0; index < count - minLeaf; index++) {
      left += this.targets[rows[index]!]!;
      const size = index + 1;
      if (size < minLeaf || codes[index] === codes[size]) continue;
      const right = this.sum - left;
      const quality = (left * left) / size + (right * right) / (count - size);
      if (quality > score) {
        score = quality;
        position = size;
      }
    }
    return position < 0 ? undefined : { score, position };
  }
}
