import type { Pace } from '../../foundation/pace';

/**
 * The dual of a support-vector machine over m rows, with one signed variable β a row: minimise
 * ½ βᵀKβ − pullᵀβ + epsilon·Σ|β| over lower ≤ β ≤ upper with Σβ = 0. For classification pull is the class ±1, epsilon 0 and
 * one bound 0; for regression pull is the target and the bounds are ∓C.
 */
export interface DualProblem {
  /** Row-major, with a diagonal of ones; K[i][j] = kernel[index[i] · stride + index[j]]. */
  readonly kernel: Float32Array;
  readonly stride: number;
  readonly index: Int32Array;
  readonly pull: Float64Array;
  readonly epsilon: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface DualSolution {
  readonly beta: Float64Array;
  /** The decision function is Σ β·kernel + bias. */
  readonly bias: number;
  /** False when the steps ran out before the tolerance was met. */
  readonly converged: boolean;
}

const tolerance = 1e-3;
const leastCurvature = 1e-12;

/**
 * Sequential minimal optimisation (Platt 1998) with the second-order choice of pairs of Fan, Chen and Lin (2005), as in
 * LIBSVM: β of one row rises and of another falls by the same, until no pair promises more than a tolerance of 0.001.
 */
export async function solveDual(problem: DualProblem, maxSteps: number, pace: Pace): Promise<DualSolution> {
  const state = new DualState(problem);
  for (let step = 0; step < maxSteps; step++) {
    if (step % 64 === 0 && pace.due()) await pace.breathe();
    const falling = state.chooseFalling();
    if (falling < 0) return { beta: state.beta, bias: state.bias(), converged: true };
    state.move(falling);
  }
  return { beta: state.beta, bias: state.bias(), converged: false };
}

class DualState {
  readonly beta: Float64Array;
  /** Kβ − pull: the derivative without the kink of |β|. */
  private readonly slope: Float64Array;
  /** The row whose β gains most by rising, and by how much. */
  private rising = -1;
  private steepest = -Infinity;

  constructor(private readonly problem: DualProblem) {
    this.beta = new Float64Array(problem.pull.length);
    this.slope = problem.pull.map((value) => -value);
    this.chooseRising();
  }

  /** The partner for the rising row that promises the largest decrease; −1 when the optimum is reached. */
  chooseFalling(): number {
    const { beta, slope, rising, steepest } = this;
    const { kernel, stride, index, lower, epsilon } = this.problem;
    if (rising < 0) return -1;
    const base = index[rising]! * stride;
    let falling = -1;
    let largest = 0;
    let lowest = Infinity;
    for (let row = 0; row < beta.length; row++) {
      const value = beta[row]!;
      if (value <= lower[row]!) continue;
      const gain = -slope[row]! - (value > 0 ? epsilon : -epsilon);
      if (gain < lowest) lowest = gain;
      const difference = steepest - gain;
      if (difference <= 0) continue;
      const curvature = 2 - 2 * kernel[base + index[row]!]!;
      const decrease = (difference * difference) / (curvature > leastCurvature ? curvature : leastCurvature);
      if (decrease > largest) {
        largest = decrease;
        falling = row;
      }
    }
    return steepest - lowest < tolerance ? -1 : falling;
  }

  /** Moves the pair to its minimum, or to where a bound or the kink at 0 stops it. */
  move(falling: number): void {
    const { beta, slope, rising } = this;
    const { kernel, stride, index, lower, upper, epsilon } = this.problem;
    const up = index[rising]! * stride;
    const down = index[falling]! * stride;
    const curvature = Math.max(leastCurvature, 2 - 2 * kernel[up + index[falling]!]!);
    const roomUp = beta[rising]! < 0 ? -beta[rising]! : upper[rising]! - beta[rising]!;
    const roomDown = beta[falling]! > 0 ? beta[falling]! : beta[falling]! - lower[falling]!;
    const fallingGain = -slope[falling]! - (beta[falling]! > 0 ? epsilon : -epsilon);
    const length = Math.min((this.steepest - fallingGain) / curvature, roomUp, roomDown);
    // Exactly on the bound or the kink when that is what stopped it, against the last digit of a sum.
    beta[rising] = length === roomUp ? (beta[rising]! < 0 ? 0 : upper[rising]!) : beta[rising]! + length;
    beta[falling] = length === roomDown ? (beta[falling]! > 0 ? 0 : lower[falling]!) : beta[falling]! - length;
    for (let row = 0; row < slope.length; row++) {
      const at = index[row]!;
      slope[row]! += length * (kernel[up + at]! - kernel[down + at]!);
    }
    this.chooseRising();
  }

  /** The mean over rows that are neither at a bound nor at 0, else the middle of what the others allow. */
  bias(): number {
    const { beta, slope } = this;
    const { lower, upper, epsilon } = this.problem;
    let free = 0;
    let sum = 0;
    let least = -Infinity;
    let most = Infinity;
    beta.forEach((value, row) => {
      const rise = -slope[row]! - (value >= 0 ? epsilon : -epsilon);
      const fall = -slope[row]! - (value > 0 ? epsilon : -epsilon);
      if (value !== 0 && value > lower[row]! && value < upper[row]!) {
        free++;
        sum += rise;
      }
      if (value < upper[row]!) least = Math.max(least, rise);
      if (value > lower[row]!) most = Math.min(most, fall);
    });
    return free > 0 ? sum / free : (least + most) / 2;
  }

  private chooseRising(): void {
    const { beta, slope } = this;
    const { upper, epsilon } = this.problem;
    this.rising = -1;
    this.steepest = -Infinity;
    for (let row = 0; row < beta.length; row++) {
      const value = beta[row]!;
      if (value >= upper[row]!) continue;
      const gain = -slope[row]! - (value >= 0 ? epsilon : -epsilon);
      if (gain > this.steepest) {
        this.steepest = gain;
        this.rising = row;
      }
    }
  }
}
