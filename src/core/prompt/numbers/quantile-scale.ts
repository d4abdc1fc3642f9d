/** How many training quantiles a scaled column keeps: those at 0/32, 1/32, … 32/32. */
const quantileCount = 33;
const intervals = quantileCount - 1;

/**
 * The 33 quantiles of training values, linear between order statistics (Hyndman and Fan's type 7, NumPy's default).
 * `values` must be finite and not empty; it is not changed.
 */
export function trainingQuantiles(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const quantiles = new Float64Array(quantileCount);
  for (let k = 0; k < quantileCount; k++) {
    const place = (k / intervals) * (sorted.length - 1);
    const below = Math.floor(place);
    quantiles[k] = between(sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!, place - below);
  }
  return quantiles;
}

/**
 * The rank of a value among the quantiles, from 0 to 1: piecewise linear, 0 below and 1 above the training range. A value
 * on which several quantiles coincide has the middle of their ranks, so that ties and constant columns are well placed.
 */
export function quantileRank(quantiles: Float64Array, value: number): number {
  const first = firstNotLess(quantiles, value);
  if (first === quantileCount) return 1;
  if (quantiles[first] === value) {
    let last = first;
    while (last < intervals && quantiles[last + 1] === value) last++;
    return (first + last) / (2 * intervals);
  }
  if (first === 0) return 0;
  const lower = quantiles[first - 1]!;
  const upper = quantiles[first]!;
  const share = Number.isFinite(upper - lower)
    ? (value - lower) / (upper - lower)
    : (value / 2 - lower / 2) / (upper / 2 - lower / 2);
  return (first - 1 + share) / intervals;
}

/** The value at a rank from 0 to 1: the inverse of `quantileRank` within the training range. */
export function quantileValue(quantiles: Float64Array, rank: number): number {
  const place = rank * intervals;
  const below = Math.min(Math.floor(place), intervals - 1);
  return between(quantiles[below]!, quantiles[below + 1]!, place - below);
}

/** Linear interpolation that is exact at both ends, exact between equal ends, and does not overflow. */
function between(lower: number, upper: number, share: number): number {
  if (lower === upper) return lower;
  return lower * (1 - share) + upper * share;
}

/** Index of the first quantile ≥ value (binary search); the count when there is none. */
function firstNotLess(quantiles: Float64Array, value: number): number {
  let low = 0;
  let high = quantiles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (quantiles[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
