import type { Cell, Table } from '../table/table';
import { fitFeature } from './feature-encoder';
import type { CodedFeature, ScaledFeature } from './feature-encoder';
import { featureRelevance } from './feature-relevance';
import type { RelevanceTarget } from './feature-relevance';
import { ForestLikeness } from './forest-likeness';
import { NearestList } from './nearest-list';
import type { Neighbour } from './nearest-list';

export interface NeighbourOptions {
  /** Weight of each feature, in the order of `featureIndices`; all equal unless given. */
  readonly weights?: 'equal' | readonly number[];
}

export interface RelevanceOptions {
  /**
   * Features that say more about the target on the indexed rows weigh more. With `forest`, rows are also as far from each other
   * as trees that tell the target tell them apart, which counts as much.
   */
  readonly weights: 'relevance' | 'forest';
  readonly target: RelevanceTarget;
}

/** The middle of the scale, where a missing number is put, and what being missing costs besides. */
const missingPlace = 0.5;
const missingCost = 0.25;
/** What two random numbers differ by on average on the quantile scale; categories are scaled to differ as much. */
const meanDifference = 1 / 3;
/** Of the mean weight, the part that a feature keeps that says nothing alone: it may say something with others. */
const weightFloor = 0.5;

interface Scaled extends ScaledFeature {
  readonly index: number;
  readonly weight: number;
}

interface Coded extends Pick<CodedFeature, 'encode'> {
  readonly index: number;
  /** What a different code adds to the distance. */
  readonly cost: number;
}

/**
 * Finds the rows that are nearest to a row by a weighted sum over the features (Gower, 1971): numbers and dates differ by
 * their difference in quantiles, everything else by being equal or not, where the expected difference of two rows is the
 * same for every feature. A missing value equals another missing one. A forest may add how it tells rows apart.
 *
 * Exhaustive search over row-major arrays that leaves a row as soon as it is farther than the last of the nearest: exact,
 * and a few hundred queries a second on 100,000 rows of 20 features.
 */
export class NeighbourIndex {
  private readonly places: Float32Array; // rows x scaled features, multiplied by the weights, padded to a multiple of four
  private readonly codes: Int32Array; // rows x coded features, padded likewise
  private readonly costs: Float64Array;
  /** Where each row is among the indexed ones. */
  private readonly placeOf: ReadonlyMap<number, number>;
  private readonly width: number;
  private readonly codeWidth: number;

  private constructor(
    private readonly rows: readonly number[],
    private readonly scaled: readonly Scaled[],
    private readonly coded: readonly Coded[],
    private readonly forest: { readonly likeness: ForestLikeness; readonly weight: number } | undefined,
    table: Table,
  ) {
    this.placeOf = new Map(rows.map((row, place) => [row, place]));
    this.width = paddedWidth(scaled.length);
    this.codeWidth = paddedWidth(coded.length);
    this.places = new Float32Array(rows.length * this.width);
    this.codes = new Int32Array(rows.length * this.codeWidth);
    this.costs = new Float64Array(this.codeWidth);
    this.costs.set(coded.map(({ cost }) => cost));
    for (const [at, row] of rows.entries()) {
      this.places.set(this.placesOf(table.rows[row]!), at * this.width);
      this.codes.set(this.codesOf(table.rows[row]!), at * this.codeWidth);
    }
  }

  /**
   * Indexes the given rows of a table; scales, categories and weights are fitted to these rows alone, so give training rows.
   * @param featureIndices the columns that count
   */
  static build(
    table: Table,
    rows: readonly number[],
    featureIndices: readonly number[],
    options: NeighbourOptions | RelevanceOptions = {},
  ): NeighbourIndex {
    const rising = [...rows].sort((left, right) => left - right);
    const weights = weightsOf(table, rising, featureIndices, options);
    const features = featureIndices.map((index) => ({ ...fitFeature(table, rising, table.columns[index]!), index }));
    const scaled: Scaled[] = [];
    const coded: Coded[] = [];
    for (const [at, feature] of features.entries()) {
      const { index } = feature;
      const weight = weights[at]!;
      if (feature.kind === 'coded') {
        coded.push({ index, encode: feature.encode, cost: weight * mismatchCost(feature) });
      } else {
        scaled.push({ ...feature, weight });
        if (feature.hasMissing) {
          coded.push({ index, encode: isMissing(feature), cost: weight * missingCost });
        }
      }
    }
    // Features that weigh more come first, so that far rows are left early.
    scaled.sort((left, right) => right.weight - left.weight);
    coded.sort((left, right) => right.cost - left.cost);
    // By one feature alone trees know nothing that its difference does not say.
    const forest =
      options.weights === 'forest' && features.length > 1
        ? {
            likeness: new ForestLikeness(table, rising, features, options.target),
            // By all columns together two random rows differ by so much, and so they do by the forest.
            weight: meanDifference * weights.reduce((sum, weight) => sum + weight, 0),
          }
        : undefined;
    return new NeighbourIndex(rising, scaled, coded, forest, table);
  }

  /**
   * The nearest indexed rows as indices into `table.rows`, nearest first; of equally near ones the earlier row first.
   * @param exclude a row that is left out, so that a training row is not its own neighbour
   */
  nearest(row: readonly Cell[], count: number, exclude?: number): number[] {
    return this.neighbours(row, count, exclude).map((neighbour) => neighbour.row);
  }

  /** The same rows with their distances. */
  neighbours(row: readonly Cell[], count: number, exclude?: number): Neighbour[] {
    const { places, codes, costs, forest, rows, width, codeWidth } = this;
    const query = new Float32Array(width);
    query.set(this.placesOf(row));
    const queryCodes = new Int32Array(codeWidth);
    queryCodes.set(this.codesOf(row));
    const list = new NearestList(Math.min(count, rows.length));
    const own = exclude === undefined ? undefined : this.placeOf.get(exclude);
    const unlikeness = forest?.likeness.unlikenessTo(row, own);
    const weight = forest?.weight ?? 0;
    let farthest = list.farthest;
    for (let at = 0; at < rows.length; at++) {
      let distance = unlikeness ? weight * unlikeness[at]! : 0;
      // Four features at a time: looking after each whether the row is too far would cost more than it saves.
      for (let feature = 0, place = at * width; feature < width && distance < farthest; feature += 4, place += 4) {
        distance +=
          Math.abs(places[place]! - query[feature]!) +
          Math.abs(places[place + 1]! - query[feature + 1]!) +
          Math.abs(places[place + 2]! - query[feature + 2]!) +
          Math.abs(places[place + 3]! - query[feature + 3]!);
      }
      for (
        let feature = 0, place = at * codeWidth;
        feature < codeWidth && distance < farthest;
        feature += 4, place += 4
      ) {
        distance +=
          differ(codes[place]!, queryCodes[feature]!) * costs[feature]! +
          differ(codes[place + 1]!, queryCodes[feature + 1]!) * costs[feature + 1]! +
          differ(codes[place + 2]!, queryCodes[feature + 2]!) * costs[feature + 2]! +
          differ(codes[place + 3]!, queryCodes[feature + 3]!) * costs[feature + 3]!;
      }
      if (distance < farthest && at !== own) farthest = list.add(distance, rows[at]!);
    }
    return list.neighbours();
  }

  private placesOf(row: readonly Cell[]): number[] {
    return this.scaled.map(({ encode, index, weight }) => weight * (encode(row[index] ?? null) ?? missingPlace));
  }

  private codesOf(row: readonly Cell[]): number[] {
    return this.coded.map(({ encode, index }) => encode(row[index] ?? null));
  }
}

function paddedWidth(features: number): number {
  return 4 * Math.ceil(features / 4);
}

/** 1 for different codes, 0 for equal ones, without a branch: which it is cannot be predicted. */
function differ(left: number, right: number): number {
  const bits = left ^ right;
  return (bits | -bits) >>> 31;
}

function weightsOf(
  table: Table,
  rows: readonly number[],
  features: readonly number[],
  options: NeighbourOptions | RelevanceOptions,
): readonly number[] {
  if (options.weights === 'relevance' || options.weights === 'forest') {
    const relevances = featureRelevance(table, rows, features, options.target);
    const mean = relevances.reduce((sum, value) => sum + value, 0) / relevances.length;
    return relevances.map((value) => (mean === 0 ? 1 : (value / mean + weightFloor) / (1 + weightFloor)));
  }
  return typeof options.weights === 'object' ? options.weights : features.map(() => 1);
}

/** Scaled so that two random rows differ by `meanDifference` on average, at most by 1: the mismatch of a rare value. */
function mismatchCost({ counts }: CodedFeature): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mismatches = 1 - counts.reduce((sum, count) => sum + (count / total) ** 2, 0);
  return Math.min(1, meanDifference / mismatches);
}

function isMissing(feature: ScaledFeature): (cell: Cell) => number {
  return (cell) => (feature.encode(cell) === undefined ? 1 : 0);
}
