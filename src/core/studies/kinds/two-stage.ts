import { phrase } from '../../foundation/phrase';
import type { StudyKind, StudyRun } from '../study';
import { fewerRows } from './sample-complexity';

/** Sizes of the training part, besides all of it; the paper finds gains up to some hundred rows. */
const sizes = [10, 20, 50, 100, 200];

export const twoStage: StudyKind = {
  name: 'two-stage',
  title: phrase`Do made-up tasks help before the real one?`,
  question: phrase`With few rows, does it help to learn made-up tables of the same form first?`,
  method: phrase`Plain fine-tuning beside two-stage fine-tuning: first two made-up tasks with the same columns and classes (or range), in the order 1, 2, 1, 2 with three epochs each, then the real rows, of which there are fewer and more.`,
  reading: phrase`In the paper two stages are far ahead with few rows, and level with many.`,
  axis: { label: phrase`training rows`, scale: 'log' },
  plan: (input) =>
    input.seeds.flatMap((seed) => {
      const { train } = input.parts(seed);
      const points = [...sizes.filter((size) => size < train.length), train.length];
      return points.flatMap((size): StudyRun[] => {
        const one = { x: size, seed, rows: () => fewerRows(input, seed, size) };
        return [
          {
            ...one,
            id: `plain-${size}-seed-${seed}`,
            series: phrase`LIFT, plain`,
            set: ['training.pretext.tasks=0'],
            baselines: true,
          },
          {
            ...one,
            id: `two-stage-${size}-seed-${seed}`,
            series: phrase`LIFT, two stages`,
            set: ['training.pretext.tasks=2'],
            baselines: false,
          },
        ];
      });
    }),
};
