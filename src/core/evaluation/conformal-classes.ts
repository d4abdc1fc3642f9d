import { conformalQuantile } from './conformal-quantile';

/**
 * Fits split-conformal prediction sets for classification: the least ambiguous set-valued classifier (LAC; Sadinle, Lei
 * and Wasserman 2019), whose score is 1 − probability of the truth. Of the known choices it gives the smallest sets.
 *
 * @param probabilities calibration rows that the model was not fitted on, one probability a class
 * @param truth index of the true class of each row
 * @returns the threshold: a class belongs to a set when 1 − its probability is at most this (infinite: every class does)
 */
export function fitClassSets(
  probabilities: readonly ArrayLike<number>[],
  truth: ArrayLike<number>,
  confidence: number,
): number {
  return conformalQuantile(
    probabilities.map((row, index) => 1 - row[truth[index]!]!),
    confidence,
  );
}

/**
 * The classes of one row's prediction set, most probable first. The most probable class always belongs to it, so that the
 * set is never empty; that can only raise the coverage.
 */
export function classSet(probabilities: ArrayLike<number>, threshold: number): number[] {
  const ranked = Array.from(probabilities, (_, index) => index).sort((a, b) => probabilities[b]! - probabilities[a]!);
  return ranked.filter((index, position) => position === 0 || 1 - probabilities[index]! <= threshold);
}
