/**
 * Area under the ROC curve of one class against the rest: the chance that a row of the class has a higher score than
 * another row, ties counting half (Mann and Whitney, 1947). Null unless there are rows on both sides.
 */
export function binaryAuc(isPositive: readonly boolean[], scores: ArrayLike<number>): number | null {
  const count = isPositive.length;
  const order = Array.from({ length: count }, (_, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < count;) {
    let end = start + 1;
    while (end < count && scores[order[end]!] === scores[order[start]!]) end++;
    const tiedRank = (start + 1 + end) / 2;
    for (let index = start; index < end; index++) {
      if (!isPositive[order[index]!]!) continue;
      positives++;
      rankSum += tiedRank;
    }
    start = end;
  }
  const negatives = count - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * AUC from class probabilities. Two classes: that of the second class. More: one-against-rest, averaged with equal weight
 * over the classes that occur in the truth (Provost and Domingos, 2000). Null when only one class occurs.
 */
export function auc(
  truth: readonly string[],
  probabilities: readonly ArrayLike<number>[],
  classes: readonly string[],
): number | null {
  const areas: number[] = [];
  classes.forEach((label, index) => {
    if (classes.length === 2 && index === 0) return;
    const area = binaryAuc(
      truth.map((actual) => actual === label),
      probabilities.map((row) => row[index]!),
    );
    if (area !== null) areas.push(area);
  });
  return areas.length === 0 ? null : areas.reduce((total, area) => total + area, 0) / areas.length;
}
