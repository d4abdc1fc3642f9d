import { phrase, sentences } from '../../foundation/phrase';
import type { PartedRow } from '../parted-rows';
import { partedRows, targetIndex } from '../parted-rows';
import type { StudyInput, StudyKind, StudyRun } from '../study';

/** Sizes of the training part, besides all of it. */
const sizes = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
/** A size near the whole is no point of its own. */
const ownPoint = 0.8;

export const sampleComplexity: StudyKind = {
  name: 'sample-complexity',
  title: phrase`How many rows does it take?`,
  question: phrase`How good are predictions from a few of the rows only?`,
  method: sentences(
    phrase`The training part is cut to a random few rows, the validation part in proportion; the test rows stay the same.`,
    phrase`In a classification every class keeps at least one row.`,
  ),
  reading: sentences(
    phrase`A method that is high on the left learns from few rows.`,
    phrase`Where a curve is flat, more rows would not help it.`,
  ),
  axis: { label: phrase`training rows`, scale: 'log' },
  plan: (input) =>
    input.seeds.flatMap((seed) => {
      const { train } = input.parts(seed);
      const points = [...sizes.filter((size) => size < ownPoint * train.length), train.length];
      return points.map((size): StudyRun => ({
        id: `rows-${size}-seed-${seed}`,
        series: phrase`LIFT`,
        x: size,
        seed,
        rows: () => fewerRows(input, seed, size),
        baselines: true,
      }));
    }),
};

/** A random part of the training rows of this size, the same share of the validation rows, and all test rows. */
export function fewerRows(input: StudyInput, seed: number, size: number): PartedRow[] {
  const rows = partedRows(input, seed);
  const random = input.random(seed, 'fewer rows');
  const train = random.shuffle(rows.filter(({ part }) => part === 'train'));
  const validation = random.shuffle(rows.filter(({ part }) => part === 'validation'));
  if (size >= train.length) return rows;
  const kept = Math.max(2, Math.round((validation.length * size) / train.length));
  return [
    ...everyClassFirst(train, input).slice(0, size),
    ...validation.slice(0, kept),
    ...rows.filter(({ part }) => part === 'test'),
  ];
}

/** One row of each class in front, so that the first few hold as many classes as they can. */
function everyClassFirst(rows: readonly PartedRow[], input: StudyInput): readonly PartedRow[] {
  if (input.recipe.task === 'regression') return rows;
  const target = targetIndex(input);
  const seen = new Set<string | null>();
  const first: PartedRow[] = [];
  const others: PartedRow[] = [];
  for (const row of rows) {
    const label = row.cells[target]!;
    (seen.has(label) ? others : first).push(row);
    seen.add(label);
  }
  return [...first, ...others];
}
