import type { Random } from '../foundation/random';
import { CodeSorter } from './code-sorter';
import { thresholdBetween, type CodedColumn } from './coded-columns';
import { TreeBuilder, type FlatTree } from './flat-tree';
import type { Pace } from '../foundation/pace';
import type { SplitCriterion } from './split-criteria';

export interface CartOptions {
  readonly maxDepth: number;
  /** Fewest rows of a leaf. */
  readonly minLeaf: number;
  /** Columns tried at each node, drawn anew; all of them when left out. Constant ones do not count. */
  readonly maxFeatures?: number;
  readonly random?: Random;
}

interface Split {
  readonly feature: number;
  readonly score: number;
  readonly code: number;
  readonly nextCode: number;
}

interface PendingNode {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/** How many codes a column may have: enough that every split of a column with 65,536 distinct values is considered. */
export const cartCodes = 0x1_0000;

/**
 * Grows a classification or regression tree (Breiman et al. 1984): at each node the best cut of any column, until a node's
 * rows are all alike or no cut is allowed. Rows may repeat, as in a bootstrap sample.
 *
 * @param rows indices into the columns; the array is reordered
 */
export async function growCart(
  columns: readonly CodedColumn[],
  criterion: SplitCriterion,
  rows: Int32Array,
  options: CartOptions,
  pace: Pace,
): Promise<FlatTree> {
  const growth = growthOf(columns, criterion, rows, options);
  for (let step = growth.next(); ; step = growth.next()) {
    if (step.done) return step.value;
    if (pace.due()) await pace.breathe();
  }
}

/** The same without a pause, for small trees. */
export function growSmallCart(
  columns: readonly CodedColumn[],
  criterion: SplitCriterion,
  rows: Int32Array,
  options: CartOptions,
): FlatTree {
  const growth = growthOf(columns, criterion, rows, options);
  for (let step = growth.next(); ; step = growth.next()) if (step.done) return step.value;
}

/** Yields before each column that is tried. */
function* growthOf(
  columns: readonly CodedColumn[],
  criterion: SplitCriterion,
  rows: Int32Array,
  { maxDepth, minLeaf, maxFeatures = columns.length, random }: CartOptions,
): Generator<void, FlatTree> {
  const builder = new TreeBuilder(criterion.outputs);
  const sorter = new CodeSorter(rows.length, columns);
  const features = Int32Array.from(columns, (_, feature) => feature);
  const pending: PendingNode[] = [{ node: builder.addNode(), start: 0, end: rows.length, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, start, end, depth } = next;
    const divisible = criterion.startNode(rows, start, end) && depth < maxDepth && end - start >= 2 * minLeaf;
    const split = divisible ? yield* findSplit(start, end) : undefined;
    if (!split) {
      builder.setValues(node, criterion.nodeValues());
      continue;
    }
    const column = columns[split.feature]!;
    const threshold = thresholdBetween(column, split.code, split.nextCode);
    const [left, right] = builder.split(node, split.feature, threshold);
    const middle = partition(rows, start, end, column.codes, split.code);
    pending.push(
      { node: right, start: middle, end, depth: depth + 1 },
      { node: left, start, end: middle, depth: depth + 1 },
    );
  }
  return builder.build(criterion.outputs > 1 ? 'single' : 'double');

  function* findSplit(start: number, end: number): Generator<void, Split | undefined> {
    let best: Split | undefined;
    for (let drawn = 0, tried = 0; drawn < features.length && tried < maxFeatures; drawn++) {
      yield;
      if (random) swap(features, drawn, drawn + random.below(features.length - drawn));
      const feature = features[drawn]!;
      sorter.sort(columns[feature]!, rows, start, end);
      if (sorter.codes[0] === sorter.codes[end - start - 1]) continue;
      tried++;
      const cut = criterion.bestCut(sorter.rows, sorter.codes, end - start, minLeaf);
      if (!cut || (best && cut.score <= best.score)) continue;
      const { score, position } = cut;
      best = { feature, score, code: sorter.codes[position - 1]!, nextCode: sorter.codes[position]! };
    }
    return best;
  }
}

/** Moves the rows with at most this code before the others and returns where the others begin. */
export function partition(
  rows: Int32Array,
  start: number,
  end: number,
  codes: Uint8Array | Uint16Array,
  code: number,
): number {
  let left = start;
  let right = end - 1;
  while (left <= right) {
    if (codes[rows[left]!]! <= code) left++;
    else swap(rows, left, right--);
  }
  return left;
}

function swap(items: Int32Array, first: number, second: number): void {
  const kept = items[first]!;
  items[first] = items[second]!;
  items[second] = kept;
}
