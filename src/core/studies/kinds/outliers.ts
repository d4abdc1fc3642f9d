import { phrase, sentences } from '../../foundation/phrase';
import { parseNumber } from '../../table/columns/parse-number';
import { changeRows, partedRows, shareOfRows, targetIndex } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { meanOf } from '../summary';

/** Shares of outliers, as in the paper. */
const shares = [0, 0.01, 0.02, 0.05, 0.1, 0.2];
/** The paper's outliers are |N(0, 20)| where the values have a standard deviation of about 5. */
const outlierSpread = 4;

export const outliers: StudyKind = {
  name: 'outliers',
  task: 'regression',
  title: phrase`What do outliers cost?`,
  question: phrase`How much worse do predictions get with answers far off?`,
  method: sentences(
    phrase`A share of the answers of the training and validation rows is replaced by the mean plus the absolute value of a normal number with four times the standard deviation of the answers.`,
    phrase`The answers of the test rows stay right.`,
  ),
  reading: phrase`A flat line is a method that does not mind outliers.`,
  axis: { label: phrase`share of outliers`, scale: 'linear' },
  plan: (input) => {
    return input.seeds.flatMap((seed) =>
      shares.map((share): StudyRun => ({
        id: `outliers-${share}-seed-${seed}`,
        series: phrase`LIFT`,
        x: share,
        seed,
        rows: () => withOutliers(input, seed, share),
        baselines: true,
      })),
    );
  },
};

function withOutliers(input: StudyInput, seed: number, share: number): PartedRow[] {
  const target = targetIndex(input);
  const rows = partedRows(input, seed);
  const answers = rows.filter(({ part }) => part === 'train').map(({ cells }) => parseNumber(cells[target]!)!);
  const { mean, deviation } = meanOf(answers);
  const parts = ['train', 'validation'] as const;
  const chosen = shareOfRows(rows, parts, share, input.random(seed, 'outlying rows'));
  const random = input.random(seed, 'outliers');
  return changeRows(rows, parts, (cells, place) => {
    // Drawn for every row, so that the same rows have the same outliers at every share.
    const size = Math.abs(random.normal());
    if (chosen.has(place)) cells[target] = String(Number((mean + outlierSpread * deviation * size).toPrecision(6)));
  });
}
