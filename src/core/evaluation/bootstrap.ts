import { Random } from '../foundation/random';

/** A percentile interval around a metric. */
export interface MetricInterval {
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  /** Default 0.95. */
  readonly confidence?: number;
  /** Default 2,000. */
  readonly resamples?: number;
}

/** Bootstrap interval of an accuracy (Efron 1979, percentile method), from what was right row by row. */
export function accuracyInterval(correct: readonly boolean[], options: BootstrapOptions): MetricInterval {
  return meanInterval(
    correct.map((right) => (right ? 1 : 0)),
    (mean) => mean,
    options,
  );
}

/** Bootstrap interval of a root-mean-square error, in the unit of the target. */
export function rmseInterval(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: BootstrapOptions,
): MetricInterval {
  return meanInterval(
    Array.from(truth, (value, row) => (predicted[row]! - value) ** 2),
    Math.sqrt,
    options,
  );
}

/**
 * Bootstrap interval of the mean difference between two predictors on the same rows, first minus second, from a value of
 * each row by each of them (a squared error, say). When it leaves out 0, the difference is more than chance.
 */
export function pairedDifferenceInterval(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: BootstrapOptions,
): MetricInterval {
  return meanInterval(
    Array.from(first, (value, row) => value - second[row]!),
    (mean) => mean,
    options,
  );
}

function meanInterval(
  values: readonly number[],
  metricOfMean: (mean: number) => number,
  { seed, confidence = 0.95, resamples = 2000 }: BootstrapOptions,
): MetricInterval {
  const random = Random.derive(seed, 'bootstrap');
  const metrics = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let total = 0;
    for (let left = values.length; left > 0; left--) total += values[random.below(values.length)]!;
    metrics[resample] = metricOfMean(total / values.length);
  }
  metrics.sort();
  const at = (level: number): number => metrics[Math.round(level * (resamples - 1))]!;
  return { lower: at((1 - confidence) / 2), upper: at((1 + confidence) / 2), confidence };
}
