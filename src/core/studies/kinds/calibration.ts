import { phrase, sentences } from '../../foundation/phrase';
import { basename } from 'node:path';
import { parseNumber } from '../../table/columns/parse-number';
import { changeRows, partedRows, targetIndex } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import { quantileOf } from '../ranks';
import { coverageSection, reliabilitySection, spreadSection } from '../report/calibration-sections';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { meanOf } from '../summary';
import { numericFeatures } from '../numeric-features';

/** Standard deviation of the noise where it is greatest, as a share of that of the answers. */
const greatestNoise = 0.5;

export const calibration: StudyKind = {
  name: 'calibration',
  title: phrase`Does the model know how sure it can be?`,
  question: phrase`Are sure predictions right more often? Do intervals hold?`,
  method: sentences(
    phrase`Classes: the stated probability of each test row is compared with how often such predictions are right.`,
    phrase`Numbers: the share of test answers in their intervals is compared with the promised one; and noise whose size grows with the rank of the first numeric column is added to all answers, to see whether the intervals grow with it.`,
  ),
  reading: phrase`One point for each table that was trained on; the plots below are what the study is about.`,
  axis: { label: phrase`table`, scale: 'category' },
  plan: (input) =>
    input.seeds.flatMap((seed): StudyRun[] => {
      const one = { series: phrase`LIFT`, seed, baselines: false } as const;
      const plain: StudyRun = {
        ...one,
        id: `plain-seed-${seed}`,
        x: phrase`as it is`,
        rows: () => partedRows(input, seed),
      };
      if (input.recipe.task === 'classification' || numericFeatures(input).length === 0) return [plain];
      const noisy = { ...one, id: `noisy-seed-${seed}`, x: phrase`with noise`, rows: () => noisyAnswers(input, seed) };
      return [plain, noisy];
    }),
  sections: async (results, input, language) => {
    if (input.recipe.task === 'classification') return [await reliabilitySection(results, language)];
    const coverage = coverageSection(results, input.recipe.prediction.confidence, language);
    const noisy = results.filter(({ run }) => basename(run).startsWith('noisy'));
    return noisy.length === 0 ? [coverage] : [coverage, await spreadSection(noisy, noiseOf(input), language)];
  },
};

/** The standard deviation of the noise that a row gets, by its cells. */
export function noiseOf(input: StudyInput): (cells: PartedRow['cells']) => number {
  const [feature] = numericFeatures(input);
  const target = targetIndex(input);
  const { rows } = input.table;
  const answers = rows.flatMap((cells) => parseNumber(cells[target] ?? '') ?? []);
  const values = rows.flatMap((cells) => parseNumber(cells[feature!.index] ?? '') ?? []);
  const rank = quantileOf(values);
  const { deviation } = meanOf(answers);
  return (cells) => greatestNoise * deviation * rank(parseNumber(cells[feature!.index] ?? '') ?? NaN);
}

function noisyAnswers(input: StudyInput, seed: number): PartedRow[] {
  const target = targetIndex(input);
  const noise = noiseOf(input);
  const random = input.random(seed, 'calibration noise');
  return changeRows(partedRows(input, seed), ['train', 'validation', 'test'], (cells) => {
    const noisy = parseNumber(cells[target]!)! + noise(cells) * random.normal();
    cells[target] = String(Number(noisy.toPrecision(8)));
  });
}
