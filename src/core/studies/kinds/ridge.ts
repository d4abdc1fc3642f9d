import { phrase, sentences } from '../../foundation/phrase';
import type { Cell } from '../../table/table';
import { parseNumber } from '../../table/columns/parse-number';
import { partedRows, targetIndex } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import { ridgeSection } from '../report/ridge-section';
import { ridgeReach, ridgeStrengths } from '../ridge-strength';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { meanOf } from '../summary';
import { numericFeatures } from '../numeric-features';
import { numericColumns } from '../requirements';

export const ridge: StudyKind = {
  name: 'ridge',
  task: 'regression',
  title: phrase`Does the model do ridge regression when its rows ask for it?`,
  question: phrase`Does LIFT follow where rows far out turn a line into that of ridge regression?`,
  requires: [numericColumns(1)],
  method: sentences(
    phrase`For each column of numbers one row is added to the training rows: all columns at their mean, this one λ beyond it, and the mean answer.`,
    phrase`λ is for columns as wide as the paper’s, which go from −10 to 10.`,
    phrase`Least squares on these rows is ridge regression with the penalty λ².`,
    phrase`Only columns of numbers are told, and no rows are set aside.`,
  ),
  reading: sentences(
    phrase`The truth knows nothing of the added rows: a method whose error grows with λ has listened to them.`,
    phrase`Whether it does what ridge regression does is in the table below.`,
  ),
  axis: { label: phrase`added rows`, scale: 'category', concernsBaselines: true },
  plan: (input) => {
    const told = new Set(numericFeatures(input).map(({ name }) => name));
    const others = input.recipe.features.filter(({ column, include }) => include && !told.has(column));
    return input.seeds.flatMap((seed) =>
      ridgeStrengths.map((strength): StudyRun => ({
        id: `lambda-${strength}-seed-${seed}`,
        series: phrase`LIFT`,
        x: phrase`λ = ${strength}`,
        seed,
        rows: () => withRidgeRows(input, seed, strength),
        set: ['training.outliers=keep', ...others.map(({ column }) => `features.${column}.include=false`)],
        baselines: true,
      })),
    );
  },
  sections: async (results, input, language) => [await ridgeSection(results, input, language)],
};

function withRidgeRows(input: StudyInput, seed: number, strength: number): PartedRow[] {
  const rows = partedRows(input, seed);
  if (strength === 0) return rows;
  const columns = numericFeatures(input);
  const target = targetIndex(input);
  const train = rows.filter(({ part }) => part === 'train');
  const centre: Cell[] = input.table.columns.map(() => null);
  const spreads = new Map<number, number>();
  for (const index of [...columns.map((column) => column.index), target]) {
    const { mean, deviation } = meanOf(train.flatMap(({ cells }) => parseNumber(cells[index] ?? '') ?? []));
    centre[index] = written(mean);
    spreads.set(index, deviation);
  }
  const added = columns.map(({ index }): PartedRow => {
    const far = parseNumber(centre[index]!)! + ridgeReach(strength) * spreads.get(index)!;
    return { cells: centre.with(index, written(far)), part: 'train' };
  });
  return [...added, ...rows];
}

function written(value: number): string {
  return String(Number(value.toPrecision(6)));
}
