import { phrase, sentences } from '../../foundation/phrase';
import type { PartedRow } from '../parted-rows';
import { changeRows, partedRows, targetIndex } from '../parted-rows';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { classesOf } from '../study-classes';

/** Shares of wrong labels, as in the paper. */
const shares = [0, 0.05, 0.1, 0.2];
const ways = ['random', 'systematic'] as const;
const series = { random: phrase`LIFT, random`, systematic: phrase`LIFT, systematic` } as const;

export const labelNoise: StudyKind = {
  name: 'label-noise',
  task: 'classification',
  title: phrase`What do wrong labels cost?`,
  question: phrase`How much worse do predictions get with wrong labels?`,
  method: sentences(
    phrase`A share of the labels of the training and validation rows is made wrong: at random, by another class; or systematically, always by the next class.`,
    phrase`The labels of the test rows stay right.`,
  ),
  reading: sentences(
    phrase`A flat line is a method that does not mind.`,
    phrase`Compare how far each line falls, not only where it ends.`,
  ),
  axis: { label: phrase`share of wrong labels`, scale: 'linear' },
  plan: (input) => {
    const classes = classesOf(input);
    return input.seeds.flatMap((seed) =>
      ways.flatMap((way) =>
        shares.flatMap((share): StudyRun[] => {
          // Without noise both ways are the same run.
          if (share === 0 && way !== ways[0]) return [];
          return [
            {
              id: `${way}-${share}-seed-${seed}`,
              series: series[way],
              x: share,
              seed,
              rows: () => wrongLabels(input, seed, share, way, classes),
              baselines: way === 'random',
            },
          ];
        }),
      ),
    );
  },
};

function wrongLabels(
  input: StudyInput,
  seed: number,
  share: number,
  way: (typeof ways)[number],
  classes: readonly string[],
): PartedRow[] {
  const random = input.random(seed, `label noise ${way}`);
  const target = targetIndex(input);
  return changeRows(partedRows(input, seed), ['train', 'validation'], (cells) => {
    // Drawn for every row, so that a larger share makes the same labels wrong and others besides.
    const [chance, step] = [random.next(), 1 + random.below(classes.length - 1)];
    if (chance >= share) return;
    const own = classes.indexOf(cells[target]!);
    cells[target] = classes[(own + (way === 'systematic' ? 1 : step)) % classes.length]!;
  });
}
