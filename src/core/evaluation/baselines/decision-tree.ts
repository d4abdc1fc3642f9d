import { phrase } from '../../foundation/phrase';
import type { ClassificationBaseline, RegressionBaseline } from './baseline';
import { cartCodes, growCart } from '../../trees/cart';
import { mostProbable } from './class-predictions';
import { codeColumns } from '../../trees/coded-columns';
import { addTreeValues, type FlatTree } from '../../trees/flat-tree';
import type { Matrix } from '../../trees/matrix';
import { ClassImpurity, TargetVariance } from '../../trees/split-criteria';

const depths = [3, 5, 10, 20];
const leafSizes = [1, 5];
const impurities = ['gini', 'entropy'] as const;

function treeOutputs(tree: FlatTree, rows: Matrix): Float64Array {
  const outputs = new Float64Array(rows.rows * tree.outputs);
  addTreeValues(tree, rows, outputs);
  return outputs;
}

export const decisionTreeClassifier: ClassificationBaseline = {
  name: 'decision-tree',
  label: phrase`Decision tree`,
  gridSize: depths.length * leafSizes.length * impurities.length,
  rowLimit: () => Infinity,
  async *candidates({ train, trainLabels, classCount }, pace) {
    const columns = await codeColumns(train.ordinal, cartCodes, pace);
    for (const maxDepth of depths) {
      for (const minLeaf of leafSizes) {
        for (const impurity of impurities) {
          const criterion = new ClassImpurity(trainLabels, classCount, impurity);
          const rows = Int32Array.from(trainLabels, (_, row) => row);
          const tree = await growCart(columns, criterion, rows, { maxDepth, minLeaf }, pace);
          yield {
            parameters: { depth: maxDepth, leafRows: minLeaf, impurity },
            model: { predict: ({ ordinal }) => mostProbable(treeOutputs(tree, ordinal), classCount) },
          };
        }
      }
    }
  },
};

export const decisionTreeRegressor: RegressionBaseline = {
  name: 'decision-tree',
  label: phrase`Decision tree`,
  gridSize: depths.length * leafSizes.length,
  rowLimit: () => Infinity,
  async *candidates({ train, trainTargets }, pace) {
    const columns = await codeColumns(train.ordinal, cartCodes, pace);
    for (const maxDepth of depths) {
      for (const minLeaf of leafSizes) {
        const rows = Int32Array.from(trainTargets, (_, row) => row);
        const tree = await growCart(columns, new TargetVariance(trainTargets), rows, { maxDepth, minLeaf }, pace);
        yield {
          parameters: { depth: maxDepth, leafRows: minLeaf },
          model: { predict: ({ ordinal }) => treeOutputs(tree, ordinal) },
        };
      }
    }
  },
};
