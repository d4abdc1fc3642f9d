import { phrase } from '../../foundation/phrase';
import type { ClassificationBaseline, Parameters, RegressionBaseline } from './baseline';
import { LogisticLoss, SoftmaxLoss, SquaredLoss, type BoostingLoss } from './boosting-loss';
import { mostProbable, softmaxInPlace } from './class-predictions';
import { binRows, type BinnedRows } from './binned-rows';
import { codeColumns } from '../../trees/coded-columns';
import { addTreeValues, type FlatTree } from '../../trees/flat-tree';
import { GradientTreeGrower, type GradientTreeOptions } from './gradient-tree';
import type { Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';

export interface BoostingOptions extends GradientTreeOptions {
  readonly learningRate: number;
  readonly maxRounds: number;
  /** Rounds without a lower validation loss after which boosting stops. */
  readonly patience: number;
}

/** A sum of trees for each output; `rounds` of them, as many as gave the lowest validation loss. */
export interface BoostedTrees {
  readonly start: Float64Array;
  readonly outputs: number;
  readonly trees: readonly { readonly tree: FlatTree; readonly output: number }[];
  readonly rounds: number;
}

/** Boosting that lowers the validation loss by less than this share in `patience` rounds is over. */
const leastImprovement = 1e-4;

/**
 * Histogram gradient boosting: Newton steps by leaf-wise trees over at most 255 quantile bins a column, stopped early on the
 * validation rows (Friedman 2001; Ke et al. 2017). Without validation rows it does 100 rounds.
 */
export async function fitBoosting(
  binned: BinnedRows,
  loss: BoostingLoss,
  rowCount: number,
  validation: Matrix,
  options: BoostingOptions,
  pace: Pace,
): Promise<BoostedTrees> {
  const { outputs, start } = loss;
  const grower = new GradientTreeGrower(binned, rowCount, options);
  const scores = repeated(start, rowCount);
  const validationScores = repeated(start, validation.rows);
  const derivatives = { gradients: new Float64Array(rowCount), hessians: new Float64Array(rowCount) };
  const trees: { tree: FlatTree; output: number }[] = [];
  const maxRounds = validation.rows > 0 ? options.maxRounds : 100;
  let best = { rounds: 0, trees: 0, loss: loss.validationLoss(validationScores) };
  for (let round = 1; round <= maxRounds; round++) {
    const before = trees.length;
    for (let output = 0; output < outputs; output++) {
      loss.derivatives(scores, output, derivatives);
      const place = { data: scores, stride: outputs, offset: output };
      const tree = await grower.grow(derivatives, options.learningRate, place, pace);
      if (!tree) continue;
      trees.push({ tree, output });
      addTreeValues(tree, validation, validationScores, 1, outputs, output);
    }
    if (trees.length === before) break;
    const validationLoss = loss.validationLoss(validationScores);
    if (validationLoss < best.loss * (1 - leastImprovement) || validation.rows === 0) {
      best = { rounds: round, trees: trees.length, loss: validationLoss };
    } else if (round - best.rounds >= options.patience) break;
  }
  return { start, outputs, trees: trees.slice(0, best.trees), rounds: best.rounds };
}

/** The scores of each row, [rows × outputs] in row-major order. */
export async function boostedScores(model: BoostedTrees, rows: Matrix, pace: Pace): Promise<Float64Array> {
  const scores = repeated(model.start, rows.rows);
  for (const { tree, output } of model.trees) {
    if (pace.due()) await pace.breathe();
    addTreeValues(tree, rows, scores, 1, model.outputs, output);
  }
  return scores;
}

/** Class probabilities, [rows × classes] in row-major order. */
export async function boostedProbabilities(model: BoostedTrees, rows: Matrix, pace: Pace): Promise<Float64Array> {
  const scores = await boostedScores(model, rows, pace);
  const classCount = Math.max(2, model.outputs);
  const probabilities = new Float64Array(rows.rows * classCount);
  for (let row = 0; row < rows.rows; row++) {
    const place = row * classCount + classCount - model.outputs; // with two classes the first one's score is 0
    probabilities.set(scores.subarray(row * model.outputs, (row + 1) * model.outputs), place);
    softmaxInPlace(probabilities, row * classCount, classCount);
  }
  return probabilities;
}

function repeated(values: Float64Array, times: number): Float64Array {
  return Float64Array.from({ length: values.length * times }, (_, index) => values[index % values.length]!);
}

const leafCounts = [4, 8, 31];
const leafSizes = [20, 5];
const gridSize = leafCounts.length * leafSizes.length;

/** A tree for each class and round: with many classes fewer rounds of longer steps keep the time within bounds. */
function* optionGrid(outputs: number): Generator<BoostingOptions> {
  const manyClasses = outputs > 4;
  const learningRate = manyClasses ? 0.2 : 0.1;
  const maxRounds = manyClasses ? Math.max(50, Math.floor(1500 / outputs)) : 500;
  for (const leaves of leafCounts) {
    for (const minLeaf of leafSizes) yield { leaves, minLeaf, lambda: 1, learningRate, maxRounds, patience: 25 };
  }
}

/** Few bins a column for very wide tables, so that the histograms stay small. */
function binsFor(columns: number): number {
  return Math.max(16, Math.min(255, Math.floor(250_000 / columns)));
}

function parametersOf({ leaves, minLeaf, learningRate }: BoostingOptions, { rounds }: BoostedTrees): Parameters {
  return { leaves, leafRows: minLeaf, learningRate, rounds };
}

export const boostingClassifier: ClassificationBaseline = {
  name: 'gradient-boosting',
  label: phrase`Gradient boosting`,
  gridSize,
  rowLimit: () => Infinity,
  async *candidates({ train, trainLabels, validation, validationLabels, classCount }, pace) {
    const columns = await codeColumns(train.ordinal, binsFor(train.ordinal.columns), pace);
    const binned = binRows(columns, trainLabels.length);
    const loss =
      classCount === 2
        ? new LogisticLoss(trainLabels, validationLabels)
        : new SoftmaxLoss(trainLabels, validationLabels, classCount);
    for (const options of optionGrid(loss.outputs)) {
      const fitted = await fitBoosting(binned, loss, trainLabels.length, validation.ordinal, options, pace);
      yield {
        parameters: parametersOf(options, fitted),
        model: {
          predict: async ({ ordinal }, pace) =>
            mostProbable(await boostedProbabilities(fitted, ordinal, pace), classCount),
        },
      };
    }
  },
};

export const boostingRegressor: RegressionBaseline = {
  name: 'gradient-boosting',
  label: phrase`Gradient boosting`,
  gridSize,
  rowLimit: () => Infinity,
  async *candidates({ train, trainTargets, validation, validationTargets }, pace) {
    const columns = await codeColumns(train.ordinal, binsFor(train.ordinal.columns), pace);
    const binned = binRows(columns, trainTargets.length);
    const loss = new SquaredLoss(trainTargets, validationTargets);
    for (const options of optionGrid(loss.outputs)) {
      const fitted = await fitBoosting(binned, loss, trainTargets.length, validation.ordinal, options, pace);
      yield {
        parameters: parametersOf(options, fitted),
        model: { predict: ({ ordinal }, pace) => boostedScores(fitted, ordinal, pace) },
      };
    }
  },
};
