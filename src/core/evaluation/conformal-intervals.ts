import { conformalQuantile } from './conformal-quantile';

/** Bounds of a prediction interval, one entry a row, in the unit of the target. */
export interface Intervals {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * The half-width that turns point predictions into intervals of the asked coverage: the conformal quantile of |y − ŷ| on
 * calibration rows (Lei et al. 2018). Every interval gets the same width; infinite when there are too few rows.
 */
export function fitResidualMargin(truth: ArrayLike<number>, predicted: ArrayLike<number>, confidence: number): number {
  return conformalQuantile(
    Array.from(truth, (value, row) => Math.abs(value - predicted[row]!)),
    confidence,
  );
}

/**
 * The margin that corrects the bounds of a predictive distribution to the asked coverage: conformalised quantile regression
 * (Romano, Patterson and Candès 2019), the conformal quantile of max(lower − y, y − upper). Negative when the bounds were
 * too wide. The width of the intervals then follows the model's own doubt about each row.
 */
export function fitBoundsMargin(truth: ArrayLike<number>, bounds: Intervals, confidence: number): number {
  return conformalQuantile(
    Array.from(truth, (value, row) => Math.max(bounds.lower[row]! - value, value - bounds.upper[row]!)),
    confidence,
  );
}

/** Moves both bounds outwards by the margin; bounds that a negative margin would cross meet in their middle. */
export function widenIntervals(bounds: Intervals, margin: number): Intervals {
  const middles = bounds.lower.map((lower, row) => (lower + bounds.upper[row]!) / 2);
  return {
    lower: bounds.lower.map((lower, row) => Math.min(lower - margin, middles[row]!)),
    upper: bounds.upper.map((upper, row) => Math.max(upper + margin, middles[row]!)),
  };
}

/**
 * The central interval of a predictive distribution over numbers: the quantiles at (1 ∓ confidence) ∕ 2, each the smallest
 * value whose cumulative probability reaches the level.
 *
 * @param values in ascending order
 * @param probabilities of the values; they need not sum to one
 */
export function centralInterval(
  values: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  confidence: number,
): { lower: number; upper: number } {
  return {
    lower: quantileOf(values, probabilities, (1 - confidence) / 2),
    upper: quantileOf(values, probabilities, (1 + confidence) / 2),
  };
}

function quantileOf(values: ArrayLike<number>, probabilities: ArrayLike<number>, level: number): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += probabilities[index]!;
  let cumulative = 0;
  for (let index = 0; index < values.length; index++) {
    cumulative += probabilities[index]!;
    if (cumulative >= level * total - 1e-12 * total) return values[index]!;
  }
  return values[values.length - 1]!;
}
