import * as v from 'valibot';
import { classSet, fitClassSets } from '../evaluation/conformal-classes';
import { centralInterval, fitBoundsMargin, fitResidualMargin, widenIntervals } from '../evaluation/conformal-intervals';
import { applyTemperature, fitTemperature } from '../evaluation/temperature';
import { meanOf, modeOf, quantileOf } from '../inference/number-statistics';
import type { NumberDistribution } from '../inference/number-statistics';
import type { Recipe } from '../recipe/recipe';
import { parseNumber } from '../table/parse-number';
import type { RawAnswer } from './answers';

/**
 * What was fitted on the validation rows: the temperature of class probabilities, the threshold of class sets, and the
 * margin of intervals. Null is "too few rows to promise it".
 */
export const Calibration = v.object({
  temperature: v.number(),
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

/** Fits the calibration on answers whose truth is known. */
export function fitCalibration(
  answers: readonly RawAnswer[],
  truth: readonly string[],
  classes: readonly string[],
  { prediction }: Pick<Recipe, 'prediction'>,
): Calibration {
  const { confidence, temperatureScaling } = prediction;
  const scores: ArrayLike<number>[] = [];
  const labels: number[] = [];
  const distributions: NumberDistribution[] = [];
  const texts: number[] = [];
  const numbers: number[] = [];
  answers.forEach((answer, row) => {
    const label = classes.indexOf(truth[row]!);
    const number = parseNumber(truth[row]!);
    if (answer.kind === 'classes' && label >= 0) {
      scores.push(answer.scores);
      labels.push(label);
    }
    if (number === undefined) return;
    if (answer.kind === 'numbers') distributions.push(answer.distribution);
    if (answer.kind === 'text' && classes.length === 0) texts.push(Number(answer.answer));
    if (answer.kind === 'numbers' || (answer.kind === 'text' && classes.length === 0)) numbers.push(number);
  });
  const temperature = temperatureScaling && scores.length > 0 ? fitTemperature(scores, labels).temperature : 1;
  const probabilities = scores.map((row) => applyTemperature(row, temperature));
  const bounds = boundsOf(distributions, confidence);
  const margin =
    distributions.length > 0
      ? fitBoundsMargin(numbers, bounds, confidence)
      : fitResidualMargin(numbers, texts, confidence);
  return {
    temperature,
    setThreshold: finiteOrNull(fitClassSets(probabilities, labels, confidence)),
    margin: finiteOrNull(margin),
  };
}

/** Turns what the model says into what is predicted. */
export function calibrated(
  answer: RawAnswer,
  { temperature, setThreshold, margin }: Calibration,
  classes: readonly string[],
  recipe: Pick<Recipe, 'prediction'>,
): CalibratedAnswer {
  const { fallback } = answer;
  if (answer.kind === 'classes') {
    const probabilities = applyTemperature(answer.scores, temperature);
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
  if (answer.kind === 'text') {
    const prediction = answer.answer ?? '';
    const value = Number(prediction);
    if (classes.length > 0 || margin === null) return { prediction, fallback };
    return { prediction, lower: value - margin, upper: value + margin, fallback };
  }
  const value = pointOf(answer.distribution, recipe.prediction.regression);
  const bounds = boundsOf([answer.distribution], recipe.prediction.confidence);
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
