import { phrase, sentences } from '../../foundation/phrase';
import type { Column } from '../../table/table';
import { changeRows, partedRows } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { numericColumns } from '../requirements';
import { numericFeatures } from '../numeric-features';
import { noiseAdder } from './feature-noise';

/** Noise of the rows that are asked about, of the standard deviation of each column. */
const levels = [0, 0.25, 0.5, 1];
/** Noise of the copies that are learnt; none is plain training. */
const learnt = [
  { id: 'plain', level: undefined, series: phrase`LIFT, plain` },
  { id: 'some', level: 0.25, series: phrase`LIFT, copies with noise 0.25` },
  { id: 'much', level: 0.5, series: phrase`LIFT, copies with noise 0.5` },
] as const;

export const augmentation: StudyKind = {
  name: 'augmentation',
  title: phrase`Does it help to learn noisy copies?`,
  question: phrase`Does learning noisy copies of rows help against noise, and what does it cost?`,
  requires: [numericColumns(1)],
  method: sentences(
    phrase`Beside each training row a copy is learnt whose numbers have normal noise, a share of the standard deviation of each column; of plain training there are none.`,
    phrase`Each is judged on test rows without and with noise.`,
    phrase`The baselines learn the training rows without copies.`,
  ),
  reading: sentences(
    phrase`Where the line of the copies is the better one on the right, they help against noise.`,
    phrase`What they cost is seen at 0.`,
  ),
  axis: { label: phrase`noise, as a share of the standard deviation of each column`, scale: 'linear' },
  plan: (input) => {
    const columns = numericFeatures(input);
    return input.seeds.flatMap((seed) =>
      learnt.flatMap(({ id, level: ofCopies, series }) =>
        levels.map((level): StudyRun => ({
          id: `${id}-${level}-seed-${seed}`,
          series,
          x: level,
          seed,
          rows: () => augmentedRows(input, seed, level, ofCopies, columns),
          baselines: ofCopies === undefined,
        })),
      ),
    );
  },
};

function augmentedRows(
  input: StudyInput,
  seed: number,
  level: number,
  ofCopies: number | undefined,
  columns: readonly Column[],
): PartedRow[] {
  const rows = partedRows(input, seed);
  const addNoise = noiseAdder(rows, columns);
  // The very test rows of the study of noise.
  const [ofTest, ofTraining] = [input.random(seed, 'feature noise'), input.random(seed, 'noisy copies')];
  const asked = changeRows(rows, ['test'], (cells) => {
    addNoise(cells, level, ofTest);
  });
  if (ofCopies === undefined) return asked;
  const train = rows.filter(({ part }) => part === 'train');
  const copies = changeRows(train, ['train'], (cells) => {
    addNoise(cells, ofCopies, ofTraining);
  });
  return [...copies, ...asked];
}
