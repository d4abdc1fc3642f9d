import { classificationMetrics } from '../../evaluation/classification-metrics';
import type { ClassificationMetrics } from '../../evaluation/classification-metrics';
import { regressionMetrics } from '../../evaluation/regression-metrics';
import type { RegressionMetrics } from '../../evaluation/regression-metrics';
import { parseNumber } from '../../table/columns/parse-number';
import type { Prediction } from '../folder/predictions-file';
import type { Metrics } from '../requests';

/** The metrics of predictions whose truth is known; undefined when that is none of them. */
export function metricsOf(
  predictions: readonly Prediction[],
  task: 'classification' | 'regression',
  classes: readonly string[],
): ClassificationMetrics | RegressionMetrics | undefined {
  const known = predictions.filter(({ truth }) => truth !== null);
  if (known.length === 0) return undefined;
  if (task === 'classification') {
    return classificationMetrics({
      truth: known.map(({ truth }) => truth!),
      predicted: known.map(({ prediction }) => prediction),
      probabilities: known.every(({ probabilities }) => probabilities)
        ? known.map((row) => row.probabilities!)
        : undefined,
      classes,
    });
  }
  const bounds = known.every(({ lower, upper }) => lower !== undefined && upper !== undefined);
  return regressionMetrics({
    truth: known.map(({ truth }) => parseNumber(truth!)!),
    predicted: known.map(({ prediction }) => Number(prediction)),
    lower: bounds ? known.map(({ lower }) => lower!) : undefined,
    upper: bounds ? known.map(({ upper }) => upper!) : undefined,
  });
}

/** The metrics that are one number each; those that are not defined here are left out. */
export function numbersOf(metrics: ClassificationMetrics | RegressionMetrics): Metrics {
  const numbers = Object.entries(metrics).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return Object.fromEntries(numbers);
}
