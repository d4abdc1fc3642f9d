/** Ranks from 1, equal values sharing the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const ranks: number[] = [];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let place = start; place < end; place++) ranks[order[place]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's correlation; undefined where one side does not vary. */
export function correlation(left: readonly number[], right: readonly number[]): number | undefined {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value / values.length, 0);
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  left.forEach((value, index) => {
    const [a, b] = [value - leftMean, right[index]! - rightMean];
    product += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  });
  const scale = Math.sqrt(leftSquares * rightSquares);
  return scale === 0 ? undefined : product / scale;
}

/** Spearman's rank correlation; undefined where one side does not vary. */
export function spearman(left: readonly number[], right: readonly number[]): number | undefined {
  return correlation(ranksOf(left), ranksOf(right));
}
