import { phrase } from '../../foundation/phrase';
import type { ClassificationBaseline, FittedModel, ClassPredictions } from './baseline';
import { mostProbable, softmaxInPlace } from './class-predictions';
import { minimiseLbfgs, type LbfgsOptions } from './lbfgs';
import type { Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';

/** Coefficients of a (multinomial) logistic regression: one row [weights…, intercept] for each output. */
export interface LogisticModel {
  readonly classCount: number;
  /** One output for two classes (the log-odds of the second), else one a class. */
  readonly outputs: number;
  /** [outputs × (columns + 1)], row-major. */
  readonly coefficients: Float64Array;
}

/**
 * Fits logistic regression with an L2 penalty: minimises Σ loss + |weights|² ∕ (2·c), the intercept unpenalised, which is
 * scikit-learn's objective with C = c (divided by the number of rows).
 */
export async function fitLogistic(
  rows: Matrix,
  labels: Int32Array,
  classCount: number,
  c: number,
  options: LbfgsOptions,
  pace: Pace,
  start?: Float64Array,
): Promise<LogisticModel> {
  const outputs = classCount === 2 ? 1 : classCount;
  const stride = rows.columns + 1;
  const penalty = 1 / (c * rows.rows);
  const scores = new Float64Array(outputs);
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < rows.rows; row++) {
      writeScores(rows, row, point, scores);
      loss += lossAndResiduals(scores, labels[row]!);
      for (let output = 0; output < outputs; output++) {
        const residual = scores[output]! / rows.rows;
        const base = output * stride;
        for (let column = 0, at = row * rows.columns; column < rows.columns; column++, at++) {
          gradient[base + column]! += residual * rows.data[at]!;
        }
        gradient[base + rows.columns]! += residual;
      }
    }
    let squares = 0;
    for (let index = 0; index < point.length; index++) {
      if ((index + 1) % stride === 0) continue; // the intercept
      squares += point[index]! ** 2;
      gradient[index]! += penalty * point[index]!;
    }
    return loss / rows.rows + (penalty * squares) / 2;
  };
  const coefficients = await minimiseLbfgs(objective, start ?? new Float64Array(outputs * stride), options, pace);
  return { classCount, outputs, coefficients };
}

/** Class probabilities [rows × classes], row-major. */
export function logisticProbabilities(model: LogisticModel, rows: Matrix): Float64Array {
  const { classCount, outputs, coefficients } = model;
  const probabilities = new Float64Array(rows.rows * classCount);
  const scores = new Float64Array(outputs);
  for (let row = 0; row < rows.rows; row++) {
    writeScores(rows, row, coefficients, scores);
    probabilities.set(scores, row * classCount + classCount - outputs);
    softmaxInPlace(probabilities, row * classCount, classCount);
  }
  return probabilities;
}

function writeScores(rows: Matrix, row: number, coefficients: Float64Array, scores: Float64Array): void {
  const stride = rows.columns + 1;
  for (let output = 0; output < scores.length; output++) {
    const base = output * stride;
    let score = coefficients[base + rows.columns]!;
    for (let column = 0, at = row * rows.columns; column < rows.columns; column++, at++) {
      score += coefficients[base + column]! * rows.data[at]!;
    }
    scores[output] = score;
  }
}

/** The negative log-likelihood of the label; the scores are replaced by its derivatives, probability − truth. */
function lossAndResiduals(scores: Float64Array, label: number): number {
  if (scores.length === 1) {
    const score = scores[0]!;
    scores[0] = 1 / (1 + Math.exp(-score)) - label;
    const margin = label === 1 ? score : -score;
    return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }
  const actual = scores[label]!;
  const logTotal = softmaxInPlace(scores, 0, scores.length);
  scores[label]! -= 1;
  return logTotal - actual;
}

const strengths = [0.01, 0.1, 1, 10, 100];
const options: LbfgsOptions = { maxIterations: 300, gradientTolerance: 1e-5 };
const largestPass = 2e7;

export const logisticRegression: ClassificationBaseline = {
  name: 'logistic-regression',
  label: phrase`Logistic regression`,
  gridSize: strengths.length,
  rowLimit: ({ denseColumns, classCount }) => Math.max(1000, Math.floor(largestPass / (denseColumns * classCount))),
  async *candidates({ train, trainLabels, classCount }, pace) {
    let start: Float64Array | undefined;
    for (const c of strengths) {
      const fitted = await fitLogistic(train.dense, trainLabels, classCount, c, options, pace, start);
      start = fitted.coefficients;
      const model: FittedModel<ClassPredictions> = {
        predict: ({ dense }) => mostProbable(logisticProbabilities(fitted, dense), classCount),
      };
      yield { parameters: { C: c }, model };
    }
  },
};
