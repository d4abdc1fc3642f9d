import { Random } from '../foundation/random';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell, Table } from '../table/table';
import { growSmallCart } from '../trees/cart';
import { codeColumn } from '../trees/coded-columns';
import { leafOf } from '../trees/flat-tree';
import type { FlatTree } from '../trees/flat-tree';
import { ClassImpurity, TargetVariance } from '../trees/split-criteria';
import type { SplitCriterion } from '../trees/split-criteria';
import type { FittedFeature } from './feature-encoder';
import type { RelevanceTarget } from './feature-relevance';

const trees = 100;
/** Of the rows each tree is grown on so many, at most a share: the others are strangers to it. */
const mostGrownOn = 2000;
const grownOnShare = 0.632;
/** Values that a column is cut between. */
const codes = 256;

/** A tree, and which rows came to which leaf. */
interface PlantedTree {
  readonly tree: FlatTree;
  /** 1 for the rows it was grown on. */
  readonly grownOn: Uint8Array;
  /** The rows of leaf l are `rows[starts[l] … starts[l + 1])`. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/**
 * How alike rows are by a random forest (Breiman, 2001; as neighbours: Lin and Jeon, 2006): the share of trees in which they
 * come to the same leaf. Columns that matter only together count here, and how much a difference matters may change from place
 * to place.
 */
export class ForestLikeness {
  private readonly planted: PlantedTree[];
  private readonly unlikenesses: Float64Array;
  private readonly width: number;

  /** @param rows indices into `table.rows`; places among them are what the likeness is asked and told of */
  constructor(
    table: Table,
    rows: readonly number[],
    private readonly features: readonly (FittedFeature & { readonly index: number })[],
    target: RelevanceTarget,
  ) {
    this.width = features.length;
    this.unlikenesses = new Float64Array(rows.length);
    const values = new Float64Array(rows.length * this.width);
    for (const [place, row] of rows.entries()) values.set(this.valuesOf(table.rows[row]!), place * this.width);
    const columns = features.map((_, feature) =>
      codeColumn(
        Float64Array.from(rows, (_, place) => values[place * this.width + feature]!),
        codes,
      ),
    );
    const { criterion, labelled } = judged(table, rows, target);
    const share = target.task === 'classification' ? Math.sqrt(this.width) : this.width / 2;
    const random = Random.derive(0, 'forest');
    const options = { maxDepth: Infinity, minLeaf: 1, maxFeatures: Math.max(1, Math.round(share)), random };
    const size = Math.ceil(Math.min(mostGrownOn, grownOnShare * labelled.length));
    this.planted = Array.from({ length: trees }, () => {
      const sample = random.shuffle(labelled.slice()).slice(0, size);
      const grownOn = new Uint8Array(rows.length);
      for (const place of sample) grownOn[place] = 1;
      const tree = growSmallCart(columns, criterion, sample, options);
      return { tree, grownOn, ...byLeaf(tree, values, this.width, rows.length) };
    });
  }

  /**
   * From 0 (in the same leaf of every tree) to 1, of each row. Valid until asked again.
   * @param own the place of the row itself when it is one of them: only trees that have not learnt its answer are asked
   */
  unlikenessTo(row: readonly Cell[], own: number | undefined): Float64Array {
    const { planted, unlikenesses } = this;
    const values = this.valuesOf(row);
    const asked = own === undefined ? planted : planted.filter(({ grownOn }) => grownOn[own] === 0);
    unlikenesses.fill(1);
    for (const { tree, starts, rows } of asked) {
      const leaf = leafOf(tree, values, 0);
      for (let at = starts[leaf]!; at < starts[leaf + 1]!; at++) unlikenesses[rows[at]!]! -= 1 / asked.length;
    }
    return unlikenesses;
  }

  /** Missing numbers and texts that were not seen come before all others. */
  private valuesOf(row: readonly Cell[]): Float64Array {
    return Float64Array.from(this.features, ({ encode, index }) => encode(row[index] ?? null) ?? -1);
  }
}

/** How splits are judged, and the places of the rows that have an answer. */
function judged(
  table: Table,
  rows: readonly number[],
  { index, task }: RelevanceTarget,
): { criterion: SplitCriterion; labelled: Int32Array } {
  const answers = rows.map((row) => table.rows[row]![index] ?? null);
  if (task === 'regression') {
    const numbers = answers.map((answer) => parseNumber(answer ?? ''));
    const labelled = Int32Array.from(numbers.flatMap((number, place) => (number === undefined ? [] : [place])));
    return { criterion: new TargetVariance(Float64Array.from(numbers, (number) => number ?? 0)), labelled };
  }
  const classes = new Map([...new Set(answers)].map((answer, code) => [answer, code]));
  const labels = Int32Array.from(answers, (answer) => classes.get(answer)!);
  const labelled = Int32Array.from(answers.flatMap((answer, place) => (answer === null ? [] : [place])));
  return { criterion: new ClassImpurity(labels, classes.size, 'gini'), labelled };
}

function byLeaf(
  tree: FlatTree,
  values: Float64Array,
  width: number,
  count: number,
): Pick<PlantedTree, 'starts' | 'rows'> {
  const leaves = Int32Array.from({ length: count }, (_, place) => leafOf(tree, values, place * width));
  const starts = new Int32Array(tree.values.length / tree.outputs + 1);
  for (const leaf of leaves) starts[leaf + 1]!++;
  for (let leaf = 1; leaf < starts.length; leaf++) starts[leaf]! += starts[leaf - 1]!;
  const next = starts.slice();
  const rows = new Int32Array(count);
  leaves.forEach((leaf, place) => (rows[next[leaf]!++] = place));
  return { starts, rows };
}
