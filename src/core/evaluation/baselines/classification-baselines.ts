import { Random } from '../../foundation/random';
import { classificationMetrics, type ClassificationMetrics } from '../classification-metrics';
import { logLoss } from '../probability-scores';
import type { ClassificationBaseline, ClassificationData, ClassPredictions, ProblemShape } from './baseline';
import { sampleNote, targetTexts, trainingSample, type BaselineRequest } from './baseline-request';
import type { ClassificationBaselineResult } from './baseline-result';
import { majorityClass } from './constant';
import { decisionTreeClassifier } from './decision-tree';
import { selectEncoded, type EncodedSplit } from './encoded-split';
import { boostingClassifier } from './gradient-boosting';
import { logisticRegression } from './logistic-regression';
import { nearestNeighbourClassifier } from './nearest-neighbours';
import type { Pace } from '../../foundation/pace';
import { forestClassifier } from './random-forest';
import { svmClassifier } from './rbf-svm';
import { tune } from './tuning';

const learners: readonly ClassificationBaseline[] = [
  logisticRegression,
  nearestNeighbourClassifier,
  decisionTreeClassifier,
  forestClassifier,
  boostingClassifier,
  svmClassifier,
];

/** The baselines that make sense: with one class, or nothing to read, only the majority class is left. */
export function classificationBaselines(classCount: number, denseColumns: number): readonly ClassificationBaseline[] {
  return classCount > 1 && denseColumns > 0 ? [majorityClass, ...learners] : [majorityClass];
}

/** The texts of the target, and the classes of the training rows in sorted order. */
export interface Labels {
  readonly classes: readonly string[];
  readonly train: readonly string[];
  readonly validation: readonly string[];
  readonly test: readonly string[];
}

export function readLabels(request: BaselineRequest): Labels {
  const train = targetTexts(request, request.split.train);
  const classes = [...new Set(train)].sort(new Intl.Collator('en', { numeric: true }).compare);
  const validation = targetTexts(request, request.split.validation);
  return { classes, train, validation, test: targetTexts(request, request.split.test) };
}

/** Tunes one classifier on the validation rows and predicts the test rows. */
export async function runClassifier(
  baseline: ClassificationBaseline,
  encoded: EncodedSplit,
  labels: Labels,
  shape: ProblemShape,
  seed: number,
  pace: Pace,
  onCandidate: () => void,
): Promise<ClassificationBaselineResult> {
  const started = performance.now();
  const { classes } = labels;
  const indexOf = new Map(classes.map((label, index) => [label, index]));
  const indices = (texts: readonly string[]): Int32Array => Int32Array.from(texts, (text) => indexOf.get(text) ?? -1);
  const sample = trainingSample(shape, baseline.rowLimit(shape), baseline.name, seed);
  const data: ClassificationData = {
    classCount: classes.length,
    train: selectEncoded(encoded.train, sample),
    trainLabels: indices(sample.map((position) => labels.train[position]!)),
    validation: encoded.validation,
    validationLabels: indices(labels.validation),
  };
  const random = Random.derive(seed, `baseline ${baseline.name}`);
  const tuned = await tune(baseline, data, {
    badness: (predictions) => badnessOf(predictions, data.validationLabels, labels),
    pace,
    random,
    onCandidate,
  });
  const predictions = await tuned.model.predict(encoded.test, pace);
  const probabilities = probabilityRows(predictions, classes.length);
  const testPredictions = Array.from(predictions.labels, (label) => classes[label]!);
  return {
    task: 'classification',
    name: baseline.name,
    label: baseline.label,
    parameters: tuned.parameters,
    candidates: baseline.gridSize,
    trainRows: sample.length,
    note: sampleNote(sample.length, shape),
    classes,
    validation: metricsOf(tuned.validationPredictions, labels.validation, classes),
    test: metricsOf(predictions, labels.test, classes)!,
    testPredictions,
    testProbabilities: probabilities ?? null,
    seconds: (performance.now() - started) / 1000,
  };
}

/** Validation errors; equal ones are told apart by the log-loss of models that have probabilities. */
function badnessOf(predictions: ClassPredictions, truth: Int32Array, { validation, classes }: Labels): number[] {
  const errors = truth.reduce((total, label, row) => total + (predictions.labels[row] === label ? 0 : 1), 0);
  const probabilities = probabilityRows(predictions, classes.length);
  return probabilities && truth.length > 0 ? [errors, logLoss(validation, probabilities, classes)] : [errors];
}

function metricsOf(
  predictions: ClassPredictions,
  truth: readonly string[],
  classes: readonly string[],
): ClassificationMetrics | null {
  if (truth.length === 0) return null;
  return classificationMetrics({
    truth,
    predicted: Array.from(predictions.labels, (label) => classes[label]!),
    probabilities: probabilityRows(predictions, classes.length),
    classes,
  });
}

function probabilityRows({ labels, probabilities }: ClassPredictions, classCount: number): number[][] | undefined {
  if (!probabilities) return undefined;
  return Array.from(labels, (_, row) => [...probabilities.subarray(row * classCount, (row + 1) * classCount)]);
}
