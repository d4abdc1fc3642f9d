import type { Pace } from '../foundation/pace';
import { Random } from '../foundation/random';
import type { Cell, Table } from '../table/table';
import { growSmallCart } from '../trees/cart';
import { codeColumn } from '../trees/coded-columns';
import { leafOf } from '../trees/flat-tree';
import type { FlatTree } from '../trees/flat-tree';
import { ClassImpurity, TargetVariance } from '../trees/split-criteria';
import type { SplitCriterion } from '../trees/split-criteria';
import type { FittedFeature } from './feature-encoder';
import type { RelevanceTarget } from './feature-relevance';
import { knownAnswers } from './known-answers';
import type { KnownAnswers } from './known-answers';
import type { Likeness } from './likeness';

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
export class ForestLikeness implements Likeness {
  private readonly planted: PlantedTree[] = [];
  private readonly unlikenesses: Float64Array;

  private constructor(
    rows: number,
    private readonly features: readonly (FittedFeature & { readonly index: number })[],
  ) {
    this.unlikenesses = new Float64Array(rows);
  }

  /** @param rows indices into `table.rows`; places among them are what the likeness is asked and told of */
  static async grow(
    table: Table,
    rows: readonly number[],
    features: readonly (FittedFeature & { readonly index: number })[],
    target: RelevanceTarget,
    pace: Pace,
  ): Promise<ForestLikeness> {
    const forest = new ForestLikeness(rows.length, features);
    const width = features.length;
    const values = new Float64Array(rows.length * width);
    for (const [place, row] of rows.entries()) values.set(forest.valuesOf(table.rows[row]!), place * width);
    const columns = features.map((_, feature) =>
      codeColumn(
        Float64Array.from(rows, (_, place) => values[place * width + feature]!),
        codes,
      ),
    );
    const answers = knownAnswers(table, rows, target);
    const { labelled } = answers;
    const criterion = criterionFor(answers);
    const share = target.task === 'classification' ? Math.sqrt(width) : width / 2;
    const random = Random.derive(0, 'forest');
    const options = { maxDepth: Infinity, minLeaf: 1, maxFeatures: Math.max(1, Math.round(share)), random };
    const size = Math.ceil(Math.min(mostGrownOn, grownOnShare * labelled.length));
    for (let grown = 0; grown < trees; grown++) {
      if (pace.due()) await pace.breathe();
      const sample = random.shuffle(labelled.slice()).slice(0, size);
      const grownOn = new Uint8Array(rows.length);
      for (const place of sample) grownOn[place] = 1;
      const tree = growSmallCart(columns, criterion, sample, options);
      forest.planted.push({ tree, grownOn, ...byLeaf(tree, values, width, rows.length) });
    }
    return forest;
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

function criterionFor(answers: KnownAnswers): SplitCriterion {
  return answers.kind === 'numbers'
    ? new TargetVariance(answers.numbers)
    : new ClassImpurity(answers.codes, answers.count, 'gini');
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
