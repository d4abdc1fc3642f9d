import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { auc } from './auc';
import { classScores, confusionMatrix, type ClassScores, type ConfusionMatrix } from './confusion-matrix';
import { brierScore, logLoss } from './probability-scores';
import { expectedCalibrationError, reliabilityTable, type ReliabilityBin } from './reliability';

/** What a classifier said about some rows, beside the truth. All arrays have one entry a row. */
export interface ClassificationOutcome {
  readonly truth: readonly string[];
  /** Null, or text that is no class, is an answer that could not be read: it counts as wrong. */
  readonly predicted: readonly (string | null)[];
  /** One probability a class, in the order of `classes`; left out when the predictor gives none. */
  readonly probabilities?: readonly ArrayLike<number>[] | undefined;
  readonly classes: readonly string[];
}

/** Null stands for "not defined here": no probabilities were given, or the rows show a single class. */
export interface ClassificationMetrics {
  readonly task: 'classification';
  readonly count: number;
  readonly accuracy: number;
  /** Mean recall over the classes that occur in the truth. */
  readonly balancedAccuracy: number;
  /** Mean F1 over the classes that occur in the truth or among the predictions. */
  readonly macroF1: number;
  /** Of the most frequent class of the truth, as the paper measures unbalanced tables; null as in `ClassScores`. */
  readonly majorityPrecision: number | null;
  readonly majorityRecall: number | null;
  readonly majorityF1: number | null;
  readonly auc: number | null;
  readonly logLoss: number | null;
  readonly brier: number | null;
  readonly calibrationError: number | null;
  readonly reliability: readonly ReliabilityBin[] | null;
  /** Predictions that were none of the classes; they are in `count` and wrong. */
  readonly unreadable: number;
  readonly classes: readonly ClassScores[];
  readonly confusion: ConfusionMatrix;
}

/** Every classification metric of one set of predictions. Throws `internal` when there are no rows or lengths differ. */
export function classificationMetrics(outcome: ClassificationOutcome): ClassificationMetrics {
  const { truth, predicted, probabilities, classes } = outcome;
  if (truth.length === 0) throw new LiftError('internal', 'There are no rows to compute metrics of.');
  if (predicted.length !== truth.length || (probabilities && probabilities.length !== truth.length)) {
    throw new LiftError('internal', phrase`${truth.length} rows have ${predicted.length} predictions.`);
  }
  const confusion = confusionMatrix(truth, predicted, classes);
  const scores = classScores(confusion);
  const majority = scores.reduce((most, score) => (score.support > most.support ? score : most));
  const unreadable = confusion.unreadable.reduce((total, value) => total + value, 0);
  const correct = truth.map((label, row) => predicted[row] === label);
  return {
    task: 'classification',
    count: truth.length,
    accuracy: correct.filter(Boolean).length / truth.length,
    balancedAccuracy: meanOfDefined(scores.map((score) => score.recall)),
    macroF1: meanOfDefined(scores.map((score) => score.f1)),
    majorityPrecision: majority.precision,
    majorityRecall: majority.recall,
    majorityF1: majority.f1,
    ...probabilityMetrics(outcome, correct),
    unreadable,
    classes: scores,
    confusion,
  };
}

function probabilityMetrics(
  { truth, predicted, probabilities, classes }: ClassificationOutcome,
  correct: readonly boolean[],
): Pick<ClassificationMetrics, 'auc' | 'logLoss' | 'brier' | 'calibrationError' | 'reliability'> {
  if (!probabilities) return { auc: null, logLoss: null, brier: null, calibrationError: null, reliability: null };
  const confidences = probabilities.map((row, index) => confidenceOf(row, classes.indexOf(predicted[index] ?? '')));
  const reliability = reliabilityTable(confidences, correct);
  return {
    auc: auc(truth, probabilities, classes),
    logLoss: logLoss(truth, probabilities, classes),
    brier: brierScore(truth, probabilities, classes),
    calibrationError: expectedCalibrationError(reliability),
    reliability,
  };
}

/** The probability of what was predicted; the highest one when the answer could not be read. */
function confidenceOf(probabilities: ArrayLike<number>, predicted: number): number {
  return predicted >= 0 ? probabilities[predicted]! : Math.max(...Array.from(probabilities));
}

function meanOfDefined(values: readonly (number | null)[]): number {
  const defined = values.filter((value) => value !== null);
  return defined.reduce((total, value) => total + value, 0) / defined.length;
}
