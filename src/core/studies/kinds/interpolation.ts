import { phrase, sentences } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { parseNumber } from '../../table/columns/parse-number';
import type { Cell } from '../../table/table';
import { keepRows, partedRows } from '../parted-rows';
import { quantileOf } from '../ranks';
import { gapSection } from '../report/gap-section';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { numericFeatures } from '../numeric-features';
import { numericColumns } from '../requirements';

/** Parts of the first numeric column, by the share of the training rows below: a third each. */
const gaps: readonly { readonly id: string; readonly name: Phrase; readonly holds: (rank: number) => boolean }[] = [
  { id: 'none', name: phrase`nothing`, holds: () => false },
  { id: 'middle', name: phrase`the middle third`, holds: (rank) => rank > 1 / 3 && rank < 2 / 3 },
  { id: 'ends', name: phrase`the lowest and the highest sixth`, holds: (rank) => rank < 1 / 6 || rank > 5 / 6 },
];

export const interpolation: StudyKind = {
  name: 'interpolation',
  task: 'regression',
  title: phrase`Does the model know what lies between and beyond its rows?`,
  question: phrase`How good are predictions in gaps and past the ends?`,
  requires: [numericColumns(1)],
  method: sentences(
    phrase`By the first numeric column, the training and validation rows of a third are left out: of the middle third, or of the lowest and the highest sixth.`,
    phrase`The test rows stay as they are.`,
  ),
  reading: sentences(
    phrase`The distance from the first line to the others is what the missing rows cost.`,
    phrase`Most methods fill a gap better than they go on beyond an end.`,
  ),
  axis: { label: phrase`left out`, scale: 'category', concernsBaselines: true },
  plan: (input) => {
    return input.seeds.flatMap((seed) =>
      gaps.map(({ id, name }): StudyRun => ({
        id: `${id}-seed-${seed}`,
        series: phrase`LIFT`,
        x: name,
        seed,
        rows: () => {
          const isInside = insideOf(input, seed, id);
          return keepRows(partedRows(input, seed), ['train', 'validation'], ({ cells }) => !isInside(cells));
        },
        baselines: true,
      })),
    );
  },
  sections: async (results, input, language) => {
    const shown = gaps
      .slice(1)
      .map(({ id, name }) => ({ id, name, inside: (seed: number) => insideOf(input, seed, id) }));
    return [await gapSection(shown, results, language)];
  },
};

/** Whether a row lies in a gap, by the ranks among the training rows of a seed. */
function insideOf(input: StudyInput, seed: number, gap: string): (cells: readonly Cell[]) => boolean {
  const { index } = numericFeatures(input)[0]!;
  const { holds } = gaps.find(({ id }) => id === gap)!;
  const valueOf = (cells: readonly Cell[]): number => parseNumber(cells[index] ?? '') ?? NaN;
  const learnt = input.parts(seed).train.map((row) => valueOf(input.table.rows[row]!));
  const rank = quantileOf(learnt.filter((value) => !Number.isNaN(value)));
  return (cells) => holds(rank(valueOf(cells)));
}
