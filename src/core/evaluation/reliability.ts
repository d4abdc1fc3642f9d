/** One bin of a reliability diagram: the predictions whose confidence lies in (lower, upper]. */
export interface ReliabilityBin {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Mean confidence and share of right predictions; null in an empty bin. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

/** Sorts predictions into bins of equal width by confidence (Guo et al. 2017, §2, who use 15). */
export function reliabilityTable(
  confidences: ArrayLike<number>,
  correct: readonly boolean[],
  binCount = 15,
): ReliabilityBin[] {
  const counts = new Array<number>(binCount).fill(0);
  const confidenceSums = new Array<number>(binCount).fill(0);
  const hits = new Array<number>(binCount).fill(0);
  correct.forEach((right, row) => {
    const confidence = confidences[row]!;
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
    counts[bin]!++;
    confidenceSums[bin]! += confidence;
    if (right) hits[bin]!++;
  });
  return counts.map((count, bin) => ({
    lower: bin / binCount,
    upper: (bin + 1) / binCount,
    count,
    confidence: count > 0 ? confidenceSums[bin]! / count : null,
    accuracy: count > 0 ? hits[bin]! / count : null,
  }));
}

/** Expected calibration error: the gap between confidence and accuracy of the bins, weighted by their counts. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  let total = 0;
  let gaps = 0;
  for (const bin of bins) {
    total += bin.count;
    gaps += bin.count * Math.abs((bin.confidence ?? 0) - (bin.accuracy ?? 0));
  }
  return gaps / total;
}
