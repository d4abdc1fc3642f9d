import type { Phrase } from '../../foundation/phrase';
import type { ClassificationMetrics } from '../classification-metrics';
import type { RegressionMetrics } from '../regression-metrics';
import type { BaselineName, Parameters } from './baseline';

interface ResultOfAnyTask {
  readonly name: BaselineName;
  /** For people: Random forest. */
  readonly label: Phrase;
  /** The hyper-parameters chosen on the validation rows. */
  readonly parameters: Parameters;
  /** How many choices of hyper-parameters were tried. */
  readonly candidates: number;
  /** How many training rows the model saw; fewer than the split has when its cost grows too fast, see `note`. */
  readonly trainRows: number;
  /** What a reader must know about the result, such as a subsample of the training rows; empty when there is nothing. */
  readonly note: string;
  /** Wall time of tuning, fitting and predicting. */
  readonly seconds: number;
}

/** What a baseline classifier reached. Metrics of the validation rows are null when the split has none. */
export interface ClassificationBaselineResult extends ResultOfAnyTask {
  readonly task: 'classification';
  /** The classes of the training rows; probabilities are in this order. */
  readonly classes: readonly string[];
  readonly validation: ClassificationMetrics | null;
  readonly test: ClassificationMetrics;
  /** One entry a row of `split.test`. */
  readonly testPredictions: readonly string[];
  readonly testProbabilities: readonly (readonly number[])[] | null;
}

/** What a baseline regression reached, in the unit of the target. */
export interface RegressionBaselineResult extends ResultOfAnyTask {
  readonly task: 'regression';
  readonly validation: RegressionMetrics | null;
  readonly test: RegressionMetrics;
  readonly testPredictions: readonly number[];
}

export type BaselineResult = ClassificationBaselineResult | RegressionBaselineResult;
