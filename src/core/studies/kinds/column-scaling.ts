import { phrase, sentences } from '../../foundation/phrase';
import { includedColumns } from '../../run/task/split-rows';
import { partedRows } from '../parted-rows';
import { twoColumns } from '../requirements';
import type { StudyKind, StudyRun } from '../study';

/** How many columns prompts tell, besides all. */
const counts = [1, 2, 5, 10, 20, 50, 100];

export const columnScaling: StudyKind = {
  name: 'column-scaling',
  title: phrase`How many columns can the model use?`,
  question: phrase`Does every further column help, or does the model lose its way among many?`,
  requires: [twoColumns],
  method: sentences(
    phrase`Prompts tell some of the columns only, chosen at random: first one, then more and more.`,
    phrase`The baselines see the same columns.`,
  ),
  reading: phrase`Where a line falls behind the others to the right, the method does not cope with many columns.`,
  axis: { label: phrase`columns`, scale: 'log' },
  plan: (input) => {
    const columns = includedColumns(input.recipe);
    const points = [...counts.filter((count) => count < columns.length), columns.length];
    return input.seeds.flatMap((seed) => {
      const order = input.random(seed, 'some columns').shuffle([...columns]);
      return points.map((count): StudyRun => ({
        id: `columns-${count}-seed-${seed}`,
        series: phrase`LIFT`,
        x: count,
        seed,
        rows: () => partedRows(input, seed),
        set: order.slice(count).map((column) => `features.${column}.include=false`),
        baselines: true,
      }));
    });
  },
};
