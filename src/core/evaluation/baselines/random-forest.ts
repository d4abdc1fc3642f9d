import { phrase } from '../../foundation/phrase';
import type { Random } from '../../foundation/random';
import type { ClassificationBaseline, RegressionBaseline } from './baseline';
import { growCart, type CartOptions } from '../../trees/cart';
import { mostProbable } from './class-predictions';
import { codeColumns, type CodedColumn } from '../../trees/coded-columns';
import { addTreeValues, type FlatTree } from '../../trees/flat-tree';
import type { Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';
import { ClassImpurity, TargetVariance, type SplitCriterion } from '../../trees/split-criteria';

/** Grows trees on bootstrap samples, each node trying `maxFeatures` columns at random (Breiman 2001). */
export async function growForest(
  columns: readonly CodedColumn[],
  criterion: SplitCriterion,
  rowCount: number,
  treeCount: number,
  options: CartOptions & { readonly random: Random },
  pace: Pace,
): Promise<FlatTree[]> {
  const trees: FlatTree[] = [];
  for (let tree = 0; tree < treeCount; tree++) {
    const sample = Int32Array.from({ length: rowCount }, () => options.random.below(rowCount));
    trees.push(await growCart(columns, criterion, sample, options, pace));
  }
  return trees;
}

/** The mean of the trees' outputs, [rows × outputs] in row-major order. */
export async function forestOutputs(trees: readonly FlatTree[], rows: Matrix, pace: Pace): Promise<Float64Array> {
  const outputs = new Float64Array(rows.rows * trees[0]!.outputs);
  for (const tree of trees) {
    if (pace.due()) await pace.breathe();
    addTreeValues(tree, rows, outputs, 1 / trees.length);
  }
  return outputs;
}

/**
 * Quantile bins a column. Exact ranks make a forest no better, for its trees differ by more than that, but several times
 * slower: small counts are sorted by counting.
 */
const forestCodes = 256;

/** Half the trees for large tables: there each tree sees so many rows that more of them change little. */
function treesFor(rows: number): number {
  return rows > 5000 ? 100 : 200;
}

const depths = [5, 10, Infinity];
const leafSizes = [1, 4];
const regressionShares = [1 / 3, 1];

export const forestClassifier: ClassificationBaseline = {
  name: 'random-forest',
  label: phrase`Random forest`,
  gridSize: depths.length * leafSizes.length,
  rowLimit: () => Infinity,
  async *candidates({ train, trainLabels, classCount }, pace, random) {
    const treeCount = treesFor(trainLabels.length);
    const columns = await codeColumns(train.ordinal, forestCodes, pace);
    const maxFeatures = Math.max(1, Math.floor(Math.sqrt(columns.length)));
    const criterion = new ClassImpurity(trainLabels, classCount, 'gini');
    for (const maxDepth of depths) {
      for (const minLeaf of leafSizes) {
        const options = { maxDepth, minLeaf, maxFeatures, random };
        const trees = await growForest(columns, criterion, trainLabels.length, treeCount, options, pace);
        yield {
          parameters: { trees: treeCount, depth: depthName(maxDepth), leafRows: minLeaf, features: maxFeatures },
          model: {
            predict: async ({ ordinal }, pace) => mostProbable(await forestOutputs(trees, ordinal, pace), classCount),
          },
        };
      }
    }
  },
};

export const forestRegressor: RegressionBaseline = {
  name: 'random-forest',
  label: phrase`Random forest`,
  gridSize: regressionShares.length * leafSizes.length,
  rowLimit: () => Infinity,
  async *candidates({ train, trainTargets }, pace, random) {
    const treeCount = treesFor(trainTargets.length);
    const columns = await codeColumns(train.ordinal, forestCodes, pace);
    const criterion = new TargetVariance(trainTargets);
    for (const share of regressionShares) {
      for (const minLeaf of leafSizes) {
        const maxFeatures = Math.max(1, Math.round(columns.length * share));
        const options = { maxDepth: Infinity, minLeaf, maxFeatures, random };
        const trees = await growForest(columns, criterion, trainTargets.length, treeCount, options, pace);
        yield {
          parameters: { trees: treeCount, leafRows: minLeaf, features: maxFeatures },
          model: { predict: ({ ordinal }, pace) => forestOutputs(trees, ordinal, pace) },
        };
      }
    }
  },
};

function depthName(depth: number): number | string {
  return depth === Infinity ? 'unlimited' : depth;
}
