import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { Random } from '../../foundation/random';
import { parseNumber } from '../../table/columns/parse-number';
import { regressionMetrics, type RegressionMetrics } from '../regression-metrics';
import type { ProblemShape, RegressionBaseline, RegressionData } from './baseline';
import { sampleNote, targetTexts, trainingSample, type BaselineRequest } from './baseline-request';
import type { RegressionBaselineResult } from './baseline-result';
import { trainingMean } from './constant';
import { decisionTreeRegressor } from './decision-tree';
import { selectEncoded, type EncodedSplit } from './encoded-split';
import { boostingRegressor } from './gradient-boosting';
import { nearestNeighbourRegressor } from './nearest-neighbours';
import type { Pace } from '../../foundation/pace';
import { forestRegressor } from './random-forest';
import { svmRegressor } from './rbf-svm';
import { ridge } from './ridge';
import { tune } from './tuning';

const learners: readonly RegressionBaseline[] = [
  ridge,
  nearestNeighbourRegressor,
  decisionTreeRegressor,
  forestRegressor,
  boostingRegressor,
  svmRegressor,
];

/** The baselines that make sense: with nothing to read only the mean is left. */
export function regressionBaselines(denseColumns: number): readonly RegressionBaseline[] {
  return denseColumns > 0 ? [trainingMean, ...learners] : [trainingMean];
}

/** The numbers of the target, with mean and standard deviation of the training rows (1 when they are constant). */
export interface Targets {
  readonly train: Float64Array;
  readonly validation: Float64Array;
  readonly test: Float64Array;
  readonly mean: number;
  readonly deviation: number;
}

/** Throws `target-invalid` for a target that is not a number. */
export function readTargets(request: BaselineRequest): Targets {
  const read = (rows: readonly number[]): Float64Array =>
    Float64Array.from(targetTexts(request, rows), (text, index) => {
      const value = parseNumber(text);
      if (value !== undefined) return value;
      const line = request.table.lineNumbers[rows[index]!] ?? rows[index]!;
      const column = request.table.columns[request.target]?.name ?? request.target;
      throw new LiftError(
        'target-invalid',
        phrase`Line ${line} has "${text}" in the target column "${column}", which is not a number.`,
        'Use the classification task, or leave such rows out of the split.',
      );
    });
  const train = read(request.split.train);
  const mean = train.reduce((total, value) => total + value / train.length, 0);
  const variance = train.reduce((total, value) => total + (value - mean) ** 2 / train.length, 0);
  const deviation = variance > 0 ? Math.sqrt(variance) : 1;
  return { train, validation: read(request.split.validation), test: read(request.split.test), mean, deviation };
}

/** Tunes one regression on the validation rows and predicts the test rows. */
export async function runRegressor(
  baseline: RegressionBaseline,
  encoded: EncodedSplit,
  targets: Targets,
  shape: ProblemShape,
  seed: number,
  pace: Pace,
  onCandidate: () => void,
): Promise<RegressionBaselineResult> {
  const started = performance.now();
  const sample = trainingSample(shape, baseline.rowLimit(shape), baseline.name, seed);
  const standardised = (values: Float64Array): Float64Array =>
    values.map((value) => (value - targets.mean) / targets.deviation);
  const inUnits = (values: Float64Array): Float64Array =>
    values.map((value) => value * targets.deviation + targets.mean);
  const data: RegressionData = {
    train: selectEncoded(encoded.train, sample),
    trainTargets: standardised(Float64Array.from(sample, (position) => targets.train[position]!)),
    validation: encoded.validation,
    validationTargets: standardised(targets.validation),
  };
  const tuned = await tune(baseline, data, {
    badness: (predictions) => [squaredErrors(predictions, data.validationTargets)],
    pace,
    random: Random.derive(seed, `baseline ${baseline.name}`),
    onCandidate,
  });
  const predicted = inUnits(await tuned.model.predict(encoded.test, pace));
  return {
    task: 'regression',
    name: baseline.name,
    label: baseline.label,
    parameters: tuned.parameters,
    candidates: baseline.gridSize,
    trainRows: sample.length,
    note: sampleNote(sample.length, shape),
    validation: metricsOf(targets.validation, inUnits(tuned.validationPredictions)),
    test: regressionMetrics({ truth: targets.test, predicted }),
    testPredictions: [...predicted],
    seconds: (performance.now() - started) / 1000,
  };
}

function squaredErrors(predicted: Float64Array, truth: Float64Array): number {
  return truth.reduce((total, value, row) => total + (predicted[row]! - value) ** 2, 0);
}

function metricsOf(truth: Float64Array, predicted: Float64Array): RegressionMetrics | null {
  return truth.length === 0 ? null : regressionMetrics({ truth, predicted });
}
