import { phrase } from '../../foundation/phrase';
import { inContextRows } from '../../run/in-context';
import { partedRows } from '../parted-rows';
import type { StudyKind, StudyRun } from '../study';
import { fewerRows } from './sample-complexity';

const count = inContextRows;

export const inContext: StudyKind = {
  name: 'in-context',
  title: phrase`Is it enough to show some rows?`,
  question: phrase`How good are predictions from rows that are only read?`,
  method: phrase`Four ways: ${count} random training rows, the same before every test row, are only read (in-context learning as in the paper); the most similar rows of all are only read; the model is fine-tuned on the random rows; on all rows.`,
  reading: phrase`The paper finds that fine-tuning on all rows is far ahead, and that reading rows is often below guessing.`,
  axis: { label: phrase`way`, scale: 'category' },
  plan: (input) =>
    input.seeds.flatMap((seed): StudyRun[] => {
      const all = (): ReturnType<typeof partedRows> => partedRows(input, seed);
      const few = (): ReturnType<typeof partedRows> => fewerRows(input, seed, count);
      // What the nearest rows say by themselves would blur what reading them is worth.
      const set = ['prediction.neighbours=false'];
      const one = { series: phrase`LIFT`, seed, set, baselines: false } as const;
      return [
        {
          ...one,
          id: `read-random-seed-${seed}`,
          x: phrase`${count} random rows, read`,
          rows: few,
          inContext: { rows: count, pick: 'same' },
        },
        {
          ...one,
          id: `read-nearest-seed-${seed}`,
          x: phrase`${count} most similar rows, read`,
          rows: all,
          inContext: { rows: count, pick: 'nearest' },
        },
        { ...one, id: `tuned-few-seed-${seed}`, x: phrase`${count} random rows, fine-tuned`, rows: few },
        { ...one, id: `tuned-all-seed-${seed}`, x: phrase`all rows, fine-tuned`, rows: all, baselines: true },
      ];
    }),
};
