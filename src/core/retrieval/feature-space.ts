import type { Cell } from '../table/table';
import type { CodedFeature, FittedFeature, ScaledFeature } from './feature-encoder';

/** A row as a point: where its numbers are, and the codes of all else. */
export interface Point {
  readonly places: Float64Array;
  readonly codes: Int32Array;
}

/** Quantiles of random rows are uniform: this makes their variance 1. */
const toUnitVariance = Math.sqrt(12);
/** Two random numbers of variance 1 are so far apart, squared, on average, and so are two random texts, */
const meanSquare = 2;
/** but for those of columns that nearly always say the same. */
const leastMismatches = 0.3;

/**
 * Rows as points between which distance is Euclidean: numbers and dates by their quantiles, everything else by being equal or
 * not, each column as far apart on average as any other times its weight.
 */
export class FeatureSpace {
  private readonly scaled: readonly (ScaledFeature & { readonly index: number; readonly factor: number })[];
  private readonly coded: readonly (CodedFeature & { readonly index: number })[];
  private readonly costs: Float64Array;

  /** @param weights one for each feature */
  constructor(features: readonly (FittedFeature & { readonly index: number })[], weights: readonly number[]) {
    const weighted = features.map((feature, at) => ({ feature, weight: weights[at]! }));
    this.scaled = weighted.flatMap(({ feature, weight }) =>
      feature.kind === 'scaled' ? [{ ...feature, factor: toUnitVariance * weight }] : [],
    );
    this.coded = weighted.flatMap(({ feature }) => (feature.kind === 'coded' ? [feature] : []));
    this.costs = Float64Array.from(
      weighted.flatMap(({ feature, weight }) =>
        feature.kind === 'coded' ? [weight ** 2 * (meanSquare / Math.max(leastMismatches, mismatches(feature)))] : [],
      ),
    );
  }

  /** A missing number is put in the middle. */
  pointOf(row: readonly Cell[]): Point {
    return {
      places: Float64Array.from(
        this.scaled,
        ({ encode, index, factor }) => factor * (encode(row[index] ?? null) ?? 0.5),
      ),
      codes: Int32Array.from(this.coded, ({ encode, index }) => encode(row[index] ?? null)),
    };
  }

  squaredDistance(left: Point, right: Point): number {
    let total = 0;
    for (let at = 0; at < left.places.length; at++) {
      const difference = left.places[at]! - right.places[at]!;
      total += difference * difference;
    }
    for (let at = 0; at < left.codes.length; at++) if (left.codes[at] !== right.codes[at]) total += this.costs[at]!;
    return total;
  }

  /** Between all points, [points × points]. */
  squaredDistances(points: readonly Point[]): Float64Array {
    const count = points.length;
    const distances = new Float64Array(count * count);
    for (const [row, point] of points.entries()) {
      for (let other = 0; other < row; other++) {
        const distance = this.squaredDistance(point, points[other]!);
        distances[row * count + other] = distance;
        distances[other * count + row] = distance;
      }
    }
    return distances;
  }
}

/** How often two random rows differ. */
export function mismatches({ counts }: CodedFeature): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return 1 - counts.reduce((sum, count) => sum + (count / total) ** 2, 0);
}
