import { phrase, sentences } from '../../foundation/phrase';
import { keepRows, partedRows, targetIndex } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import type { Measure, StudyInput, StudyKind, StudyRun } from '../study';
import { classesOf } from '../study-classes';

/** Shares of the rows of every class but the most frequent that are learnt. */
const shares = [1, 0.5, 0.2, 0.1, 0.05];

const besides: readonly Measure[] = [
  {
    key: 'balancedAccuracy',
    title: phrase`balanced accuracy`,
    higher: true,
    meaning: phrase`Balanced accuracy is the mean over the classes of the share of their rows that is found: the rare classes count as much as the frequent one.`,
  },
  {
    key: 'macroF1',
    title: phrase`macro F1`,
    higher: true,
    meaning: phrase`Macro F1 is the mean of F1 over the classes.`,
  },
  {
    key: 'majorityF1',
    title: phrase`F1 of the most frequent class`,
    higher: true,
    meaning: phrase`F1 with the most frequent class as the positive one, as in the paper; precision and recall are in results.csv.`,
  },
];

export const imbalance: StudyKind = {
  name: 'imbalance',
  task: 'classification',
  title: phrase`What if some classes are rare?`,
  question: phrase`How much worse do predictions get when all classes but one have few rows?`,
  method: sentences(
    phrase`Of the training and validation rows of every class but the most frequent a random share is kept, of each class at least one training row.`,
    phrase`The test rows stay as they are.`,
  ),
  reading: sentences(
    phrase`The lines fall to the left, where the other classes are rarest.`,
    phrase`Accuracy hides what happens to rare classes: the tables below show it.`,
  ),
  axis: { label: phrase`share of the rows of the other classes that is learnt`, scale: 'log' },
  besides,
  plan: (input) =>
    input.seeds.flatMap((seed) =>
      shares.map((share): StudyRun => ({
        id: `share-${share}-seed-${seed}`,
        series: phrase`LIFT`,
        x: share,
        seed,
        rows: () => thinnedRows(input, seed, share),
        baselines: true,
      })),
    ),
};

function thinnedRows(input: StudyInput, seed: number, share: number): PartedRow[] {
  const rows = partedRows(input, seed);
  const target = targetIndex(input);
  const train = rows.filter(({ part }) => part === 'train');
  const sizes = classesOf(input).map((label) => ({ label, size: sizeOf(train, target, label) }));
  const frequent = sizes.reduce((most, other) => (other.size > most.size ? other : most)).label;
  const random = input.random(seed, 'rare classes');
  const kept = new Set<PartedRow>();
  for (const part of ['train', 'validation'] as const) {
    const shuffled = random.shuffle(rows.filter((row) => row.part === part));
    for (const { label } of sizes) {
      const own = shuffled.filter(({ cells }) => cells[target] === label);
      const thinned = Math.max(part === 'train' ? 1 : 0, Math.round(share * own.length));
      for (const row of label === frequent ? own : own.slice(0, thinned)) kept.add(row);
    }
  }
  return keepRows(rows, ['train', 'validation'], (row) => kept.has(row));
}

function sizeOf(rows: readonly PartedRow[], target: number, label: string): number {
  return rows.filter(({ cells }) => cells[target] === label).length;
}
