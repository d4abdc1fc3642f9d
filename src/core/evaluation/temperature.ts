/** The result of fitting a temperature: negative log-likelihoods are means over the validation rows, in nats. */
export interface TemperatureFit {
  /** Log-probabilities are divided by it before they are normalised again; above 1 softens, below 1 sharpens. */
  readonly temperature: number;
  readonly lossBefore: number;
  readonly lossAfter: number;
}

const coldest = 0.05;
const hottest = 20;
/** Class scores below this probability are raised to it, so that a probability of 0 stays a finite number. */
const logFloor = Math.log(1e-30);

/**
 * Fits the temperature of Guo et al. (2017, §4.2) on held-out rows by minimising the negative log-likelihood.
 * In the inverse temperature β the loss is convex, so Newton steps guarded by a bisection bracket find the minimum; the
 * temperature stays within [0.05, 20] (a validation split predicted without any error would drive it to 0).
 * The result is never worse on these rows than leaving the probabilities alone.
 *
 * @param logProbabilities one row of class scores each: logits or log-probabilities (equal up to a constant a row)
 * @param truth index of the true class of each row
 */
export function fitTemperature(
  logProbabilities: readonly ArrayLike<number>[],
  truth: ArrayLike<number>,
): TemperatureFit {
  const rows = logProbabilities.map((row) => Array.from(row, (value) => Math.max(value, logFloor)));
  const unchanged = lossAndSlopes(rows, truth, 1);
  if (rows.length === 0) return { temperature: 1, lossBefore: 0, lossAfter: 0 };
  let low = 1 / hottest;
  let high = 1 / coldest;
  let beta = 1;
  let at = unchanged;
  for (let step = 0; step < 100 && high - low > 1e-12; step++) {
    if (at.slope > 0) high = beta;
    else low = beta;
    const newton = beta - at.slope / at.curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const settled = Math.abs(next - beta) < 1e-12;
    beta = next;
    at = lossAndSlopes(rows, truth, beta);
    if (settled) break;
  }
  if (!(at.loss < unchanged.loss)) return { temperature: 1, lossBefore: unchanged.loss, lossAfter: unchanged.loss };
  return { temperature: 1 / beta, lossBefore: unchanged.loss, lossAfter: at.loss };
}

/** Probabilities softmax(scores ∕ temperature) of one row of class scores. */
export function applyTemperature(logProbabilities: ArrayLike<number>, temperature: number): number[] {
  const scaled = Array.from(logProbabilities, (value) => Math.max(value, logFloor) / temperature);
  const highest = Math.max(...scaled);
  const weights = scaled.map((value) => Math.exp(value - highest));
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map((value) => value / total);
}

/** Mean loss of softmax(β·scores) with its first two derivatives in β: E[s] − s_truth and Var[s]. */
function lossAndSlopes(
  rows: readonly (readonly number[])[],
  truth: ArrayLike<number>,
  beta: number,
): { loss: number; slope: number; curvature: number } {
  let loss = 0;
  let slope = 0;
  let curvature = 0;
  rows.forEach((scores, row) => {
    const highest = Math.max(...scores);
    let total = 0;
    let first = 0;
    let second = 0;
    for (const score of scores) {
      const shifted = score - highest;
      const weight = Math.exp(beta * shifted);
      total += weight;
      first += weight * shifted;
      second += weight * shifted * shifted;
    }
    const actual = scores[truth[row]!]! - highest;
    const mean = first / total;
    loss += (Math.log(total) - beta * actual) / rows.length;
    slope += (mean - actual) / rows.length;
    curvature += (second / total - mean * mean) / rows.length;
  });
  return { loss, slope, curvature };
}
