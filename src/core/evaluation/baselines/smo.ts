import type { Pace } from './pace';

/**
 * A support-vector dual problem: minimise ½ αᵀQα + pᵀα over 0 ≤ α ≤ C with yᵀα constant, where
 * Q[i][j] = y[i]·y[j]·kernel[index[i]·stride + index[j]]. Two variables may share one row of the kernel.
 */
export interface DualProblem {
  readonly kernel: Float32Array;
  readonly stride: number;
  readonly index: Int32Array;
  /** +1 or −1 for each variable. */
  readonly signs: Int8Array;
  readonly linear: Float64Array;
  readonly upper: number;
  readonly tolerance: number;
  readonly maxSteps: number;
}

export interface DualSolution {
  readonly alpha: Float64Array;
  /** The decision function is Σ α·y·kernel − rho. */
  readonly rho: number;
  /** False when the steps ran out before the tolerance was met. */
  readonly converged: boolean;
}

const leastCurvature = 1e-12;

/** Sequential minimal optimisation with second-order working-set selection (Fan, Chen and Lin 2005), as in LIBSVM. */
export async function solveDual(problem: DualProblem, pace: Pace): Promise<DualSolution> {
  const { signs, linear, upper, tolerance, maxSteps } = problem;
  const alpha = new Float64Array(signs.length);
  const gradient = linear.slice();
  for (let step = 0; step < maxSteps; step++) {
    if (step % 64 === 0 && pace.due()) await pace.breathe();
    const pair = selectPair(problem, alpha, gradient);
    if (pair.violation < tolerance || pair.second < 0) {
      return { alpha, rho: offset(signs, alpha, gradient, upper), converged: true };
    }
    updatePair(problem, alpha, gradient, pair.first, pair.second);
  }
  return { alpha, rho: offset(signs, alpha, gradient, upper), converged: false };
}

function selectPair(
  { kernel, stride, index, signs, upper }: DualProblem,
  alpha: Float64Array,
  gradient: Float64Array,
): { first: number; second: number; violation: number } {
  let first = -1;
  let highest = -Infinity;
  for (let t = 0; t < alpha.length; t++) {
    const canRise = signs[t]! > 0 ? alpha[t]! < upper : alpha[t]! > 0;
    if (!canRise) continue;
    const value = -signs[t]! * gradient[t]!;
    if (value >= highest) {
      highest = value;
      first = t;
    }
  }
  let second = -1;
  let lowest = Infinity;
  let bestDecrease = 0;
  if (first < 0) return { first, second, violation: 0 };
  const base = index[first]! * stride;
  const own = kernel[base + index[first]!]!;
  for (let t = 0; t < alpha.length; t++) {
    const canFall = signs[t]! > 0 ? alpha[t]! > 0 : alpha[t]! < upper;
    if (!canFall) continue;
    const value = -signs[t]! * gradient[t]!;
    lowest = Math.min(lowest, value);
    const difference = highest - value;
    if (difference <= 0) continue;
    const at = index[t]!;
    const curvature = own + kernel[at * stride + at]! - 2 * kernel[base + at]!;
    const decrease = (difference * difference) / Math.max(curvature, leastCurvature);
    if (decrease >= bestDecrease) {
      bestDecrease = decrease;
      second = t;
    }
  }
  return { first, second, violation: highest - lowest };
}

/** Moves α along the only direction that keeps yᵀα, to the minimum or to the nearest bound, and updates the gradient. */
function updatePair(
  { kernel, stride, index, signs, upper }: DualProblem,
  alpha: Float64Array,
  gradient: Float64Array,
  first: number,
  second: number,
): void {
  const i = index[first]! * stride;
  const j = index[second]! * stride;
  const curvature = kernel[i + index[first]!]! + kernel[j + index[second]!]! - 2 * kernel[i + index[second]!]!;
  const slope = signs[second]! * gradient[second]! - signs[first]! * gradient[first]!;
  // y·α of the first grows by `length`, that of the second shrinks by it.
  const room = (t: number, direction: number): number => (direction > 0 ? upper - alpha[t]! : alpha[t]!);
  const length = Math.min(
    slope / Math.max(curvature, leastCurvature),
    room(first, signs[first]!),
    room(second, -signs[second]!),
  );
  alpha[first] = clamp(alpha[first]! + signs[first]! * length, upper);
  alpha[second] = clamp(alpha[second]! - signs[second]! * length, upper);
  for (let t = 0; t < gradient.length; t++) {
    const at = index[t]!;
    gradient[t]! += signs[t]! * length * (kernel[i + at]! - kernel[j + at]!);
  }
}

/** Snaps to the bounds, against the last digit of a subtraction. */
function clamp(value: number, upper: number): number {
  if (value < 1e-12 * upper) return 0;
  return value > upper * (1 - 1e-12) ? upper : value;
}

/** The mean of y·gradient over free variables, or the middle of the range that the bounded ones allow. */
function offset(signs: Int8Array, alpha: Float64Array, gradient: Float64Array, upper: number): number {
  let free = 0;
  let sum = 0;
  let highest = Infinity;
  let lowest = -Infinity;
  for (let t = 0; t < alpha.length; t++) {
    const value = signs[t]! * gradient[t]!;
    if (alpha[t]! > 0 && alpha[t]! < upper) {
      free++;
      sum += value;
    } else if (alpha[t]! > 0 === signs[t]! > 0) {
      lowest = Math.max(lowest, value);
    } else {
      highest = Math.min(highest, value);
    }
  }
  return free > 0 ? sum / free : (highest + lowest) / 2;
}
