import type { NumberDistribution } from '../inference/number-statistics';

/** a·share² + b·share + c, in the unit of the target. */
export interface Quadratic {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * The continuous ranked probability score (Gneiting and Raftery, 2007) of the linear pool of two distributions at one true
 * value: ∫ (share·F + (1 − share)·G − 1{x ≥ truth})² dx, which is quadratic in the share. 0 is perfect; of a single number
 * it is the absolute error.
 */
export function rankedProbabilityOfPool(
  first: NumberDistribution,
  second: NumberDistribution,
  truth: number,
): Quadratic {
  const points = [...Array.from(first.values), ...Array.from(second.values), truth].sort((x, y) => x - y);
  const below = [cumulative(first), cumulative(second)] as const;
  let [a, b, c] = [0, 0, 0];
  for (let index = 0; index + 1 < points.length; index++) {
    const width = points[index + 1]! - points[index]!;
    if (width === 0) continue;
    const [f, g] = below.map((upTo) => upTo(points[index]!)) as [number, number];
    const rest = g - (points[index]! >= truth ? 1 : 0);
    a += width * (f - g) ** 2;
    b += width * 2 * (f - g) * rest;
    c += width * rest ** 2;
  }
  return { a, b, c };
}

/** The probability up to a value; to be asked for values in ascending order. */
function cumulative({ values, probabilities }: NumberDistribution): (value: number) => number {
  let at = 0;
  let sum = 0;
  return (value) => {
    for (; at < values.length && values[at]! <= value; at++) sum += probabilities[at]!;
    return sum;
  };
}
