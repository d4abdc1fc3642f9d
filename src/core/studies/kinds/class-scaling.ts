import { phrase, sentences } from '../../foundation/phrase';
import { keepRows, partedRows, targetIndex } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import { threeClasses } from '../requirements';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { classesOf } from '../study-classes';

/** How many classes there are, besides all. */
const counts = [2, 3, 5, 10, 20, 50, 100];

export const classScaling: StudyKind = {
  name: 'class-scaling',
  task: 'classification',
  title: phrase`How many classes can the model tell apart?`,
  question: phrase`How much worse do predictions become when there are more classes to choose from?`,
  requires: [threeClasses],
  method: sentences(
    phrase`Of the table only the rows of some classes are kept, chosen at random: first of two, then of more and more.`,
    phrase`Training, validation and test rows have the same classes.`,
  ),
  reading: sentences(
    phrase`More classes are harder for every method: compare the lines with one another.`,
    phrase`The majority class shows what guessing comes to.`,
  ),
  axis: { label: phrase`classes`, scale: 'log' },
  plan: (input) => {
    const classes = classesOf(input);
    const points = [...counts.filter((count) => count < classes.length), classes.length];
    return input.seeds.flatMap((seed) =>
      points.map((count): StudyRun => ({
        id: `classes-${count}-seed-${seed}`,
        series: phrase`LIFT`,
        x: count,
        seed,
        rows: () => rowsOfClasses(input, seed, classes, count),
        baselines: true,
      })),
    );
  },
};

/** The rows of so many classes; of more classes those of fewer and others. */
function rowsOfClasses(input: StudyInput, seed: number, classes: readonly string[], count: number): PartedRow[] {
  const target = targetIndex(input);
  const kept = new Set<string | null>(
    input
      .random(seed, 'some classes')
      .shuffle([...classes])
      .slice(0, count),
  );
  return keepRows(partedRows(input, seed), ['train', 'validation', 'test'], ({ cells }) => kept.has(cells[target]!));
}
