/**
 * Mean negative natural logarithm of the probability given to the truth. Probabilities are clipped to [ε, 1 − ε] with
 * ε = 2⁻⁵², so that a class of probability 0 (or one that training never showed) costs 36.04 and not infinity.
 */
export function logLoss(
  truth: readonly string[],
  probabilities: readonly ArrayLike<number>[],
  classes: readonly string[],
): number {
  const indexOf = new Map(classes.map((label, index) => [label, index]));
  let total = 0;
  truth.forEach((label, row) => {
    const index = indexOf.get(label);
    const probability = index === undefined ? 0 : probabilities[row]![index]!;
    total -= Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
  });
  return total / truth.length;
}

/**
 * The Brier score (Brier, 1950): the mean squared distance of the probabilities from the truth. With two classes it is the
 * usual (p − y)² of one of them, in [0, 1]; with more it is summed over the classes, in [0, 2].
 */
export function brierScore(
  truth: readonly string[],
  probabilities: readonly ArrayLike<number>[],
  classes: readonly string[],
): number {
  let total = 0;
  truth.forEach((label, row) => {
    classes.forEach((name, index) => {
      const actual = name === label ? 1 : 0;
      total += (probabilities[row]![index]! - actual) ** 2;
    });
    if (!classes.includes(label)) total += 1;
  });
  return total / truth.length / (classes.length === 2 ? 2 : 1);
}
