import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';

/** Predicted numbers beside the truth, one entry a row, with the bounds of a prediction interval when there are any. */
export interface RegressionOutcome {
  readonly truth: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  readonly lower?: ArrayLike<number> | undefined;
  readonly upper?: ArrayLike<number> | undefined;
}

/** In the unit of the target where they have one. Null stands for "not defined": constant truth, or no intervals. */
export interface RegressionMetrics {
  readonly task: 'regression';
  readonly count: number;
  readonly rmse: number;
  readonly mae: number;
  /** Coefficient of determination, 1 − Σ(y − ŷ)² ∕ Σ(y − ȳ)². */
  readonly r2: number | null;
  /** Relative absolute error Σ|ŷ − y| ∕ Σ|ȳ − y|, the paper's measure; ȳ is the mean of the rows at hand. */
  readonly rae: number | null;
  /** Share of the rows whose truth lies inside their interval, bounds included. */
  readonly intervalCoverage: number | null;
  readonly intervalWidth: number | null;
}

/** Every regression metric of one set of predictions. Throws `internal` for no rows, unequal lengths, or NaN. */
export function regressionMetrics({ truth, predicted, lower, upper }: RegressionOutcome): RegressionMetrics {
  const count = truth.length;
  if (count === 0) throw new LiftError('internal', 'There are no rows to compute metrics of.');
  if (predicted.length !== count) {
    throw new LiftError('internal', phrase`${count} rows have ${predicted.length} predictions.`);
  }
  let mean = 0;
  for (let row = 0; row < count; row++) mean += truth[row]! / count;
  let squared = 0;
  let absolute = 0;
  let squaredSpread = 0;
  let absoluteSpread = 0;
  for (let row = 0; row < count; row++) {
    const error = predicted[row]! - truth[row]!;
    if (!Number.isFinite(error)) throw new LiftError('internal', phrase`The prediction of row ${row} is not a number.`);
    squared += error * error;
    absolute += Math.abs(error);
    squaredSpread += (truth[row]! - mean) ** 2;
    absoluteSpread += Math.abs(truth[row]! - mean);
  }
  const varies = Array.from(truth).some((value) => value !== truth[0]);
  return {
    task: 'regression',
    count,
    rmse: Math.sqrt(squared / count),
    mae: absolute / count,
    r2: varies ? 1 - squared / squaredSpread : null,
    rae: varies ? absolute / absoluteSpread : null,
    ...intervalMetrics(truth, lower, upper),
  };
}

function intervalMetrics(
  truth: ArrayLike<number>,
  lower: ArrayLike<number> | undefined,
  upper: ArrayLike<number> | undefined,
): Pick<RegressionMetrics, 'intervalCoverage' | 'intervalWidth'> {
  if (!lower || !upper) return { intervalCoverage: null, intervalWidth: null };
  let covered = 0;
  let width = 0;
  for (let row = 0; row < truth.length; row++) {
    if (lower[row]! <= truth[row]! && truth[row]! <= upper[row]!) covered++;
    width += (upper[row]! - lower[row]!) / truth.length;
  }
  return { intervalCoverage: covered / truth.length, intervalWidth: width };
}
