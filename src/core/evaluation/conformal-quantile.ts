/**
 * The split-conformal quantile: the ⌈(n + 1)·confidence⌉-th smallest of n calibration scores (Vovk et al. 2005; Angelopoulos
 * and Bates 2023, §1). A new score is at most this with at least the asked probability, whatever the predictor, when rows
 * are exchangeable. Infinity when n is too small to promise it: see {@link smallestCalibrationSet}.
 *
 * @param confidence the asked coverage in (0, 1), such as 0.9
 */
export function conformalQuantile(scores: ArrayLike<number>, confidence: number): number {
  // The small number keeps products such as 10 · 0.9, which floating point may put above 9, from being rounded up.
  const rank = Math.ceil((scores.length + 1) * confidence - 1e-9);
  if (rank > scores.length) return Infinity;
  return Float64Array.from(scores).sort()[Math.max(0, rank - 1)]!;
}

/** The fewest calibration rows that give a finite quantile: 9 for a confidence of 0.9, 19 for 0.95. */
export function smallestCalibrationSet(confidence: number): number {
  return Math.ceil(confidence / (1 - confidence) - 1e-9);
}
