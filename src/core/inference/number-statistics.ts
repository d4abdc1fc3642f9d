/** A distribution over numbers: `probabilities[i]` of `values[i]`, values ascending, probabilities summing to 1. */
export interface NumberDistribution {
  readonly values: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
}

/** The expectation: the best guess under squared error. */
export function meanOf({ values, probabilities }: NumberDistribution): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]! * probabilities[index]!;
  return sum;
}

/** The smallest value at which the cumulative probability reaches `level`; the median, best under absolute error, for 0.5. */
export function quantileOf({ values, probabilities }: NumberDistribution, level: number): number {
  let cumulative = 0;
  for (let index = 0; index < values.length; index++) {
    cumulative += probabilities[index]!;
    // The slack is for probabilities that sum to a little less than 1.
    if (cumulative >= level - 1e-9) return values[index]!;
  }
  return values[values.length - 1]!;
}

/** The most probable value. */
export function modeOf({ values, probabilities }: NumberDistribution): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (probabilities[index]! > probabilities[best]!) best = index;
  return values[best]!;
}
