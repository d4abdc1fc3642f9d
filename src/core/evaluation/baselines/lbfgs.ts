import type { Pace } from '../../foundation/pace';

/** Returns the value at a point and writes the gradient there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  readonly maxIterations: number;
  /** Stops when no component of the gradient is larger. */
  readonly gradientTolerance: number;
}

interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

const memory = 10;
const sufficientDecrease = 1e-4;
const maxHalvings = 40;

/** Minimises a smooth convex function by L-BFGS with a backtracking line search (Nocedal and Wright 2006, §7.2). */
export async function minimiseLbfgs(
  objective: Objective,
  start: Float64Array,
  { maxIterations, gradientTolerance }: LbfgsOptions,
  pace: Pace,
): Promise<Float64Array> {
  let point = start.slice();
  let gradient = new Float64Array(start.length);
  let value = objective(point, gradient);
  const corrections: Correction[] = [];
  for (let iteration = 0; iteration < maxIterations && largest(gradient) > gradientTolerance; iteration++) {
    if (pace.due()) await pace.breathe();
    const direction = descentDirection(gradient, corrections);
    const slope = dot(direction, gradient);
    let length = corrections.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const trial = new Float64Array(start.length);
    const trialGradient = new Float64Array(start.length);
    let trialValue = Infinity;
    for (let halving = 0; halving < maxHalvings; halving++, length /= 2) {
      for (let index = 0; index < trial.length; index++) trial[index] = point[index]! + length * direction[index]!;
      trialValue = objective(trial, trialGradient);
      if (trialValue <= value + sufficientDecrease * length * slope) break;
    }
    if (!(trialValue < value)) break; // the last digits of the value are reached
    remember(corrections, point, trial, gradient, trialGradient);
    point = trial;
    gradient = trialGradient;
    value = trialValue;
  }
  return point;
}

function remember(
  corrections: Correction[],
  point: Float64Array,
  trial: Float64Array,
  gradient: Float64Array,
  trialGradient: Float64Array,
): void {
  const step = trial.map((value, index) => value - point[index]!);
  const change = trialGradient.map((value, index) => value - gradient[index]!);
  const curvature = dot(step, change);
  if (curvature <= 1e-12 * dot(change, change)) return;
  corrections.push({ step, change, curvature });
  if (corrections.length > memory) corrections.shift();
}

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient. */
function descentDirection(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const factors = new Float64Array(corrections.length);
  for (let index = corrections.length - 1; index >= 0; index--) {
    const { step, change, curvature } = corrections[index]!;
    factors[index] = dot(step, direction) / curvature;
    addScaled(direction, change, -factors[index]!);
  }
  const latest = corrections.at(-1);
  if (latest) {
    const scale = latest.curvature / dot(latest.change, latest.change);
    for (let index = 0; index < direction.length; index++) direction[index]! *= scale;
  }
  corrections.forEach(({ step, change, curvature }, index) => {
    addScaled(direction, step, factors[index]! - dot(change, direction) / curvature);
  });
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index]! * b[index]!;
  return total;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) target[index]! += factor * source[index]!;
}

function largest(values: Float64Array): number {
  let highest = 0;
  for (const value of values) highest = Math.max(highest, Math.abs(value));
  return highest;
}
