import { predictLinear, RidgeSolver } from '../../evaluation/baselines/ridge';
import { FeatureEncoder } from '../../evaluation/baselines/feature-encoder';
import { regressionMetrics } from '../../evaluation/regression-metrics';
import { Pace } from '../../foundation/pace';
import { phrase, sentences } from '../../foundation/phrase';
import { escaped, htmlTable } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import type { ReportSection } from '../../report/section';
import { parseNumber } from '../../table/columns/parse-number';
import { numericFeatures } from '../numeric-features';
import { targetIndex } from '../parted-rows';
import { readPredictedRows } from '../predicted-rows';
import { ridgeReach, ridgeStrengths } from '../ridge-strength';
import type { StudyInput, StudyResult } from '../study';
import { meanOf } from '../summary';

/** Whether LIFT's answers are nearer to ridge regression or to the plain line: relative absolute errors against each. */
export async function ridgeSection(
  results: readonly StudyResult[],
  input: StudyInput,
  language: ReportLanguage,
): Promise<ReportSection> {
  const rows = await Promise.all(
    ridgeStrengths.map(async (strength) => {
      const own = results.filter(({ id }) => id.startsWith(`lambda-${strength}-`));
      const ofSeeds = await Promise.all(own.map((result) => distancesOf(result, input, strength)));
      const means = [0, 1, 2].map((place) => meanOf(ofSeeds.map((distances) => distances[place]!)).mean);
      return [String(strength), ...means.map((mean) => language.fixed(mean, 3))];
    }),
  );
  const note = sentences(
    phrase`The answers to the test rows, as relative absolute errors against those of another method: 0 is the same answers.`,
    phrase`The last column is what a method comes to that takes no notice of the added rows.`,
  );
  const titles = [
    phrase`λ`,
    phrase`LIFT against ridge regression`,
    phrase`LIFT against the plain line`,
    phrase`the plain line against ridge regression`,
  ].map((title) => language.say(title));
  const html = `<p>${escaped(language.say(note))}</p>${htmlTable(titles, rows)}`;
  return { title: language.say(phrase`Ridge regression, or the plain line?`), html };
}

/** LIFT from ridge, LIFT from the plain line, the plain line from ridge. */
async function distancesOf(
  { run, seed }: StudyResult,
  input: StudyInput,
  strength: number,
): Promise<[number, number, number]> {
  const [plain, ridge] = await linesOf(input, seed, strength);
  const predicted = (await readPredictedRows(run)).filter(({ part }) => part === 'test');
  const lift = Float64Array.from(predicted, ({ prediction }) => Number(prediction));
  const distance = (from: Float64Array, to: Float64Array): number =>
    regressionMetrics({ truth: to, predicted: from }).rae ?? NaN;
  return [distance(lift, ridge), distance(lift, plain), distance(plain, ridge)];
}

/** What least squares without and with the penalty says of the test rows. */
async function linesOf(input: StudyInput, seed: number, strength: number): Promise<[Float64Array, Float64Array]> {
  const { table } = input;
  const { train, test } = input.parts(seed);
  const pace = new Pace();
  const target = targetIndex(input);
  const features = numericFeatures(input).map(({ index }) => index);
  const encoder = await FeatureEncoder.fit(table, features, train, pace);
  const learnt = await encoder.encode(train, pace);
  const answers = Float64Array.from(train, (row) => parseNumber(table.rows[row]![target]!)!);
  const solver = await RidgeSolver.prepare(learnt.dense, answers, pace);
  const asked = (await encoder.encode(test, pace)).dense;
  const solve = async (penalty: number): Promise<Float64Array> =>
    predictLinear(await solver.solve(penalty, pace), asked);
  // A trace of a penalty keeps columns that say the same solvable.
  return [await solve(1e-6), await solve(ridgeReach(strength) ** 2 + 1e-6)];
}
