import { median } from '../foundation/median';
import type { Pace } from '../foundation/pace';
import { Random } from '../foundation/random';
import { KernelRidge } from '../kernels/kernel-ridge';
import type { Cell, Table } from '../table/table';
import type { FittedFeature } from './feature-encoder';
import type { RelevanceTarget } from './feature-relevance';
import { FeatureSpace } from './feature-space';
import type { Point } from './feature-space';
import { answersOf, chooseKernel, errorOf } from './kernel-choice';
import type { AnswerMatrix } from './kernel-choice';
import { knownAnswers } from './known-answers';
import type { Likeness } from './likeness';
import { QuantileScale } from './quantile-scale';

/** Fitting takes time with the cube of the rows. */
const mostFitted = 1000;
/** Two random quantiles differ by a third on average. */
const toMeanOne = 3;

/**
 * How alike rows are by what kernel ridge regression says of them: for classes by the shares that it gives each, for a number
 * by its quantile. So rows lie near each other that a smooth function of all columns cannot tell apart, where the difference
 * of single columns says too little. A learnt metric of this kind is what nearest neighbours lack most (Weinberger and Tesauro, 2007).
 */
export class KernelLikeness implements Likeness {
  /** Where each row lies among the others, and where it does without its own answer: [rows × outputs]. */
  private readonly places: Float64Array;
  private readonly asked: Float64Array;
  private readonly unlikenesses: Float64Array;

  private constructor(
    rows: number,
    private readonly outputs: number,
    private readonly space: FeatureSpace,
    private readonly fitted: readonly Point[],
    private readonly ridge: KernelRidge,
    private readonly toPlace: (said: Float64Array) => Float64Array,
  ) {
    this.places = new Float64Array(rows * outputs);
    this.asked = new Float64Array(rows * outputs);
    this.unlikenesses = new Float64Array(rows);
  }

  /**
   * @param rows indices into `table.rows`; places among them are what the likeness is asked and told of
   * @param weights of the features: taken or left, whichever tells more
   */
  static async fit(
    table: Table,
    rows: readonly number[],
    features: readonly (FittedFeature & { readonly index: number })[],
    weights: readonly number[],
    target: RelevanceTarget,
    pace: Pace,
  ): Promise<KernelLikeness> {
    const answers = knownAnswers(table, rows, target);
    const sample = Random.derive(0, 'kernel').shuffle(answers.labelled.slice()).slice(0, mostFitted);
    const cells = Array.from(sample, (place) => table.rows[rows[place]!]!);
    const known = answersOf(answers, sample);
    const spaces = [features.map(() => 1), weights].map((each) => new FeatureSpace(features, each));
    const { space, options } = await chooseKernel(spaces, features.length, cells, known, pace);
    const fitted = cells.map((row) => space.pointOf(row));
    const ridge = await KernelRidge.fit(space.squaredDistances(fitted), known.matrix, options, pace);
    const [outputs, toPlace] =
      answers.kind === 'classes' ? [answers.count, shares] : [1, quantiles(ridge.leftOut, known)];
    const likeness = new KernelLikeness(rows.length, outputs, space, fitted, ridge, toPlace);
    await likeness.putRows(table, rows, sample, pace);
    return likeness;
  }

  private async putRows(table: Table, rows: readonly number[], sample: Int32Array, pace: Pace): Promise<void> {
    const { outputs } = this;
    const order = new Map(Array.from(sample, (place, at) => [place, at]));
    for (const [place, row] of rows.entries()) {
      if (pace.due()) await pace.breathe();
      const at = order.get(place);
      const own = at === undefined ? this.predict(table.rows[row]!) : this.column('own', at);
      const leftOut = at === undefined ? own : this.column('leftOut', at);
      this.asked.set(this.toPlace(leftOut), place * outputs);
      // With its own answer a row is put too near to it, without it too far away.
      this.places.set(this.toPlace(own.map((value, output) => (value + leftOut[output]!) / 2)), place * outputs);
    }
  }

  unlikenessTo(row: readonly Cell[], own: number | undefined): Float64Array {
    const { outputs, places, unlikenesses } = this;
    const place =
      own === undefined ? this.toPlace(this.predict(row)) : this.asked.subarray(own * outputs, (own + 1) * outputs);
    for (let other = 0, at = 0; other < unlikenesses.length; other++) {
      let total = 0;
      for (let output = 0; output < outputs; output++, at++) total += Math.abs(places[at]! - place[output]!);
      unlikenesses[other] = total;
    }
    return unlikenesses;
  }

  private predict(row: readonly Cell[]): Float64Array {
    const point = this.space.pointOf(row);
    return this.ridge.predict(Float64Array.from(this.fitted, (other) => this.space.squaredDistance(point, other)));
  }

  private column(of: 'own' | 'leftOut', at: number): Float64Array {
    const size = this.fitted.length;
    return Float64Array.from({ length: this.outputs }, (_, output) => this.ridge[of][output * size + at]!);
  }
}

/** Rows that surely are of different classes are twice as unlike as two random ones by the forest. */
function shares(said: Float64Array): Float64Array {
  const positive = said.map((value) => Math.max(0, value));
  const sum = positive.reduce((total, value) => total + value, 0);
  return positive.map((value) => (sum === 0 ? 0 : value / sum));
}

/**
 * Among all that is said of rows without their own answers, as much apart on average as two random rows by the forest; nearer where
 * errors are hardly less than those of one number for all.
 */
function quantiles(said: Float64Array, known: AnswerMatrix): (said: Float64Array) => Float64Array {
  const scale = new QuantileScale(said);
  const middle = median(Array.from(known.matrix)) ?? 0;
  const worst = errorOf(
    known.matrix.map(() => middle),
    known,
  );
  const skill = worst === 0 ? 0 : Math.max(0, 1 - errorOf(said, known) / worst);
  return (numbers) => numbers.map((number) => skill * toMeanOne * scale.of(number));
}
