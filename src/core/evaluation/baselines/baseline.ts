import type { Phrase } from '../../foundation/phrase';
import type { Random } from '../../foundation/random';
import type { Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';

export type BaselineName =
  | 'majority'
  | 'mean'
  | 'logistic-regression'
  | 'ridge'
  | 'nearest-neighbours'
  | 'decision-tree'
  | 'random-forest'
  | 'gradient-boosting'
  | 'rbf-svm'
  | 'rbf-svr';

export type Parameters = Readonly<Record<string, string | number>>;

/** The same rows in two encodings: `dense` for models that compare distances or weigh columns, `ordinal` for trees. */
export interface EncodedRows {
  readonly dense: Matrix;
  readonly ordinal: Matrix;
}

/** Rows with class indices from 0 to `classCount` − 1; −1 in the validation labels is a class that training never shows. */
export interface ClassificationData {
  readonly classCount: number;
  readonly train: EncodedRows;
  readonly trainLabels: Int32Array;
  readonly validation: EncodedRows;
  readonly validationLabels: Int32Array;
}

/** Rows with standardised targets (mean 0 and standard deviation 1 over the training rows, unless constant). */
export interface RegressionData {
  readonly train: EncodedRows;
  readonly trainTargets: Float64Array;
  readonly validation: EncodedRows;
  readonly validationTargets: Float64Array;
}

/** Predicted class indices and, where the model has them, probabilities [rows × classes] in row-major order. */
export interface ClassPredictions {
  readonly labels: Int32Array;
  readonly probabilities: Float64Array | null;
}

/** A fitted predictor; `Predictions` has one entry a row. */
export interface FittedModel<Predictions> {
  predict(rows: EncodedRows, pace: Pace): Predictions | Promise<Predictions>;
}

/** A model fitted on the training rows with one choice of hyper-parameters. */
export interface Candidate<Predictions> {
  readonly parameters: Parameters;
  readonly model: FittedModel<Predictions>;
}

/** How large a problem is, for the models whose cost grows faster than the number of rows. */
export interface ProblemShape {
  readonly trainRows: number;
  readonly validationRows: number;
  readonly testRows: number;
  readonly denseColumns: number;
  readonly classCount: number;
}

/** A family of models with a grid of hyper-parameters; `candidates` fits the grid one by one, the simplest first. */
export interface Baseline<Data, Predictions> {
  readonly name: BaselineName;
  /** For people: Random forest. */
  readonly label: Phrase;
  readonly gridSize: number;
  /** The most training rows it takes; more are subsampled at random, and the result says so. */
  rowLimit(shape: ProblemShape): number;
  candidates(
    data: Data,
    pace: Pace,
    random: Random,
  ): Iterable<Candidate<Predictions>> | AsyncIterable<Candidate<Predictions>>;
}

export type ClassificationBaseline = Baseline<ClassificationData, ClassPredictions>;
export type RegressionBaseline = Baseline<RegressionData, Float64Array>;
