/** McNemar's test between two predictors on the same rows. */
export interface McNemarResult {
  /** Rows that the first has right and the second wrong, and the reverse. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided; 1 when they never disagree about being right. */
  readonly pValue: number;
}

/**
 * Exact McNemar test (McNemar 1947; the binomial form): were the two predictors equally good, each row that only one of them
 * has right would be a fair coin. A small p-value says that the difference of their accuracies is more than chance.
 */
export function mcNemarTest(firstCorrect: readonly boolean[], secondCorrect: readonly boolean[]): McNemarResult {
  let onlyFirst = 0;
  let onlySecond = 0;
  firstCorrect.forEach((first, row) => {
    if (first && !secondCorrect[row]!) onlyFirst++;
    if (!first && secondCorrect[row]!) onlySecond++;
  });
  const flips = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // Sums C(flips, k) / 2^flips for k ≤ fewer; logarithms, because the terms underflow for a thousand flips.
  let logTerm = -flips * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((flips - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return { onlyFirst, onlySecond, pValue: Math.min(1, 2 * tail) };
}
