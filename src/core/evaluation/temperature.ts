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
 * Fits the temperature T of Guo et al. (2017, §4.2) on held-out rows by minimising their negative log-likelihood.
 *
 * A few rows that are all predicted rightly would drive T to 0, and the next wrong prediction would be a certain one. So
 * ln T has a normal prior around 0: (ln T)² ∕ 2σ² is added to the likelihood of all rows, which counts for little where
 * there are many. T stays within [0.05, 20], and is never worse on these rows, prior included, than T = 1.
 *
 * @param logProbabilities one row of class scores each: logits or log-probabilities (equal up to a constant a row)
 * @param truth index of the true class of each row
 * @param spread σ of the prior; Infinity for the plain likelihood
 */
export function fitTemperature(
  logProbabilities: readonly ArrayLike<number>[],
  truth: ArrayLike<number>,
  spread = 0.5,
): TemperatureFit {
  const rows = logProbabilities.map((row) => Array.from(row, (value) => Math.max(value, logFloor)));
  if (rows.length === 0) return { temperature: 1, lossBefore: 0, lossAfter: 0 };
  const weight = 1 / (spread * spread * rows.length);
  const at = (logBeta: number): ReturnType<typeof lossAndSlope> => lossAndSlope(rows, truth, logBeta);
  const penalised = (logBeta: number): number => at(logBeta).loss + (weight * logBeta * logBeta) / 2;
  let low = -Math.log(hottest);
  let high = -Math.log(coldest);
  while (high - low > 1e-10) {
    const middle = (low + high) / 2;
    if (at(middle).slope + weight * middle > 0) high = middle;
    else low = middle;
  }
  const unchanged = at(0).loss;
  const fitted = (low + high) / 2;
  if (!(penalised(fitted) < unchanged)) return { temperature: 1, lossBefore: unchanged, lossAfter: unchanged };
  return { temperature: Math.exp(-fitted), lossBefore: unchanged, lossAfter: at(fitted).loss };
}

/** Probabilities softmax(scores ∕ temperature) of one row of class scores. */
export function applyTemperature(logProbabilities: ArrayLike<number>, temperature: number): number[] {
  const scaled = Array.from(logProbabilities, (value) => Math.max(value, logFloor) / temperature);
  const highest = Math.max(...scaled);
  const weights = scaled.map((value) => Math.exp(value - highest));
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map((value) => value / total);
}

/** Mean loss of softmax(β·scores) and its derivative in ln β, β(E[s] − s_truth). */
function lossAndSlope(
  rows: readonly (readonly number[])[],
  truth: ArrayLike<number>,
  logBeta: number,
): { loss: number; slope: number } {
  const beta = Math.exp(logBeta);
  let loss = 0;
  let slope = 0;
  rows.forEach((scores, row) => {
    const highest = Math.max(...scores);
    let total = 0;
    let first = 0;
    for (const score of scores) {
      const shifted = score - highest;
      const weight = Math.exp(beta * shifted);
      total += weight;
      first += weight * shifted;
    }
    const actual = scores[truth[row]!]! - highest;
    loss += (Math.log(total) - beta * actual) / rows.length;
    slope += (beta * (first / total - actual)) / rows.length;
  });
  return { loss, slope };
}
