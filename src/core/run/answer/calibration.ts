import * as v from 'valibot';
import { classSet, fitClassSets } from '../../evaluation/conformal-classes';
import {
  centralInterval,
  fitBoundsMargin,
  fitResidualMargin,
  widenIntervals,
} from '../../evaluation/conformal-intervals';
import { fitTemperature } from '../../evaluation/temperature';
import { meanOf, modeOf, quantileOf } from '../../inference/number-statistics';
import type { NumberDistribution } from '../../inference/number-statistics';
import type { Recipe } from '../../recipe/recipe';
import { parseNumber } from '../../table/columns/parse-number';
import type { RawAnswer } from './answers';
import { beliefOf, pooled } from './belief';
import type { Belief } from './belief';
import { fitModelShare } from './model-share';
import type { NeighbourAnswer } from './neighbour-answers';

/**
 * What was fitted on the validation rows: the temperature of class probabilities, the model's share where its answers are
 * pooled with those of the nearest training rows, the threshold of class sets, and the margin of intervals. Null is "too few
 * rows to promise it".
 */
export const Calibration = v.object({
  temperature: v.number(),
  modelShare: v.optional(v.number(), 1),
  setThreshold: v.nullable(v.number()),
  margin: v.nullable(v.number()),
});
export type Calibration = v.InferOutput<typeof Calibration>;

/** An answer after calibration. */
export interface CalibratedAnswer {
  /** As the table writes it; empty when the answer could not be read. */
  readonly prediction: string;
  readonly probabilities?: readonly number[];
  readonly confidence?: number;
  /** The classes of which one is true with the recipe's confidence, the most probable first. */
  readonly set?: readonly string[];
  readonly lower?: number;
  readonly upper?: number;
  readonly fallback: string;
}

/**
 * Fits the calibration on answers whose truth is known.
 * @param neighbours of the same rows, where answers are to be pooled with theirs
 */
export function fitCalibration(
  answers: readonly RawAnswer[],
  neighbours: readonly NeighbourAnswer[] | undefined,
  truth: readonly string[],
  classes: readonly string[],
  { prediction }: Pick<Recipe, 'prediction'>,
): Calibration {
  const { confidence, temperatureScaling } = prediction;
  const labels = truth.map((text) => classes.indexOf(text));
  const numbers = truth.map((text) => parseNumber(text));
  const known = answers.flatMap((answer, row) =>
    answer.kind === 'classes' && labels[row]! >= 0 ? [{ row, scores: answer.scores, label: labels[row]! }] : [],
  );
  const scores = known.map((row) => row.scores);
  const scored = known.map(({ label }) => label);
  const temperature = temperatureScaling && scores.length > 0 ? fitTemperature(scores, scored).temperature : 1;
  const alone = answers.map((answer) => beliefOf(answer, undefined, { temperature, modelShare: 1 }));
  const modelShare = neighbours ? fitModelShare(alone, neighbours, labels, numbers) : 1;
  const beliefs = alone.map((belief, row) => pooled(belief, neighbours?.[row], modelShare));
  const probabilities = known.flatMap(({ row }) => {
    const belief = beliefs[row]!;
    return belief.kind === 'classes' ? [belief.probabilities] : [];
  });
  return {
    temperature,
    modelShare,
    setThreshold: finiteOrNull(fitClassSets(probabilities, scored, confidence)),
    margin: finiteOrNull(fitMargin(beliefs, numbers, classes.length > 0, confidence)),
  };
}

/** Of intervals: for distributions around their own bounds, for numbers read from a text around these. */
function fitMargin(
  beliefs: readonly Belief[],
  numbers: readonly (number | undefined)[],
  isClassification: boolean,
  confidence: number,
): number {
  const distributions: NumberDistribution[] = [];
  const texts: number[] = [];
  const truth: number[] = [];
  beliefs.forEach((belief, row) => {
    const number = numbers[row];
    if (number === undefined || belief.kind === 'classes' || isClassification) return;
    if (belief.kind === 'numbers') distributions.push(belief.distribution);
    else texts.push(Number(belief.answer));
    truth.push(number);
  });
  return distributions.length > 0
    ? fitBoundsMargin(truth, boundsOf(distributions, confidence), confidence)
    : fitResidualMargin(truth, texts, confidence);
}

/** Turns what the model and its neighbours say into what is predicted. */
export function calibrated(
  answer: RawAnswer,
  neighbours: NeighbourAnswer | undefined,
  calibration: Calibration,
  classes: readonly string[],
  recipe: Pick<Recipe, 'prediction'>,
): CalibratedAnswer {
  const { setThreshold, margin } = calibration;
  const { fallback } = answer;
  const belief = beliefOf(answer, neighbours, calibration);
  if (belief.kind === 'classes') {
    const { probabilities } = belief;
    const best = probabilities.indexOf(Math.max(...probabilities));
    const set =
      setThreshold === null ? undefined : classSet(probabilities, setThreshold).map((index) => classes[index]!);
    return {
      prediction: classes[best]!,
      probabilities,
      confidence: probabilities[best]!,
      ...(set && { set }),
      fallback,
    };
  }
  if (belief.kind === 'text') {
    const prediction = belief.answer ?? '';
    const value = Number(prediction);
    if (classes.length > 0 || margin === null) return { prediction, fallback };
    return { prediction, lower: value - margin, upper: value + margin, fallback };
  }
  const value = pointOf(belief.distribution, recipe.prediction.regression);
  const bounds = boundsOf([belief.distribution], recipe.prediction.confidence);
  const { lower, upper } = widenIntervals(bounds, margin ?? 0);
  return { prediction: numberText(value), lower: lower[0]!, upper: upper[0]!, fallback };
}

function pointOf(distribution: NumberDistribution, kind: Recipe['prediction']['regression']): number {
  switch (kind) {
    case 'mean':
      return meanOf(distribution);
    case 'median':
      return quantileOf(distribution, 0.5);
    case 'greedy':
      return modeOf(distribution);
  }
}

function boundsOf(
  distributions: readonly NumberDistribution[],
  confidence: number,
): { lower: number[]; upper: number[] } {
  const intervals = distributions.map(({ values, probabilities }) =>
    centralInterval(values, probabilities, confidence),
  );
  return { lower: intervals.map(({ lower }) => lower), upper: intervals.map(({ upper }) => upper) };
}

/** Nine digits: more than any prediction deserves, and a number that reads back as itself. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(9)));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
