import { argmax } from './sampling';

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
  return values[argmax(probabilities)]!;
}

/**
 * What greedy decoding writes, for the thousand three-digit numbers (or ten, or a hundred) in order: the most probable first
 * digit, then the most probable second one after it, and so on.
 */
export function greedyOf({ values, probabilities }: NumberDistribution): number {
  let start = 0;
  for (let size = values.length / 10; size >= 1; size /= 10) {
    const sums = Array.from({ length: 10 }, (_, digit) => {
      let sum = 0;
      for (let index = 0; index < size; index++) sum += probabilities[start + digit * size + index]!;
      return sum;
    });
    start += argmax(sums) * size;
  }
  return values[start]!;
}
