import { inContextRows } from '../../run/in-context';
import { partedRows } from '../parted-rows';
import type { StudyKind, StudyRun } from '../study';
import { fewerRows } from './sample-complexity';

const count = inContextRows;

export const inContext: StudyKind = {
  name: 'in-context',
  title: 'Is it enough to show some rows?',
  question: 'How good are predictions without any training, from rows that are only read, beside fine-tuning?',
  method:
    `Four ways: ${count} random training rows, the same before every test row, are only read (in-context learning as in the ` +
    'paper); the most similar rows of all are only read; the model is fine-tuned on the random rows; on all rows.',
  reading: 'The paper finds that fine-tuning on all rows is far ahead, and that reading rows is often below guessing.',
  axis: { label: 'way', scale: 'category' },
  plan: (input) =>
    input.seeds.flatMap((seed): StudyRun[] => {
      const all = (): ReturnType<typeof partedRows> => partedRows(input, seed);
      const few = (): ReturnType<typeof partedRows> => fewerRows(input, seed, count);
      // What the nearest rows say by themselves would blur what reading them is worth.
      const set = ['prediction.neighbours=false'];
      const one = { series: 'LIFT', seed, set, baselines: false } as const;
      return [
        {
          ...one,
          id: `read-random-seed-${seed}`,
          x: `${count} random rows, read`,
          rows: few,
          inContext: { rows: count, pick: 'same' },
        },
        {
          ...one,
          id: `read-nearest-seed-${seed}`,
          x: `${count} most similar rows, read`,
          rows: all,
          inContext: { rows: count, pick: 'nearest' },
        },
        { ...one, id: `tuned-few-seed-${seed}`, x: `${count} random rows, fine-tuned`, rows: few },
        { ...one, id: `tuned-all-seed-${seed}`, x: 'all rows, fine-tuned', rows: all, baselines: true },
      ];
    }),
};
