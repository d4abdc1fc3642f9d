import { phrase, sentences } from '../../foundation/phrase';
import type { StudyKind, StudyRun } from '../study';
import { fewerRows } from './sample-complexity';

/** Shares of the training rows, as in the paper. */
const shares = [0.2, 0.4, 0.6, 0.8, 1];
const ways = [
  { id: 'plain', template: 'paper', series: phrase`LIFT, without names` },
  { id: 'named', template: 'paper-names', series: phrase`LIFT, with names` },
] as const;

export const namesByRows: StudyKind = {
  name: 'names-by-rows',
  title: phrase`Do column names help where rows are few?`,
  question: phrase`Is what columns are called worth more when there are fewer rows to learn from?`,
  method: sentences(
    phrase`The same prompts without and with the names of the columns, trained on a growing share of the training rows; the validation part grows in proportion.`,
    phrase`Units are left out everywhere.`,
    phrase`The answers of the nearest rows are left out of the predictions.`,
  ),
  reading: phrase`Where the line with names is the better one, names are worth something.`,
  axis: { label: phrase`share of the training rows`, scale: 'linear' },
  plan: (input) =>
    input.seeds.flatMap((seed) => {
      const { train } = input.parts(seed);
      return shares.flatMap((share) =>
        ways.map(({ id, template, series }): StudyRun => ({
          id: `${id}-${share}-seed-${seed}`,
          series,
          x: share,
          seed,
          rows: () => fewerRows(input, seed, Math.round(share * train.length)),
          // The nearest rows say the same whatever the prompt is like; a unit says as much as a name does.
          set: [`template.name=${template}`, 'prediction.neighbours=false', 'features.*.unit='],
          baselines: template === 'paper',
        })),
      );
    }),
};
