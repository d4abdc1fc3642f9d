import { phrase, sentences } from '../../foundation/phrase';
import type { Random } from '../../foundation/random';
import type { Cell, Column } from '../../table/table';
import { parseNumber } from '../../table/columns/parse-number';
import { changeRows, partedRows } from '../parted-rows';
import { numericFeatures } from '../numeric-features';
import type { PartedRow } from '../parted-rows';
import { numericColumns } from '../requirements';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { meanOf } from '../summary';

/** Of the standard deviation of each column. */
const levels = [0, 0.1, 0.25, 0.5, 1];

export const featureNoise: StudyKind = {
  name: 'feature-noise',
  title: phrase`What does noise in the features cost?`,
  question: phrase`How much worse do predictions get with noisy numbers?`,
  requires: [numericColumns(1)],
  method: sentences(
    phrase`Normal noise is added to the numbers of the test rows, a share of the standard deviation of each column.`,
    phrase`Training and validation rows stay as they are.`,
  ),
  reading: sentences(phrase`A flat line is a method that does not mind.`, phrase`A steep one relies on exact numbers.`),
  axis: { label: phrase`noise, as a share of the standard deviation of each column`, scale: 'linear' },
  plan: (input) => {
    const columns = numericFeatures(input);
    return input.seeds.flatMap((seed) =>
      levels.map((level): StudyRun => ({
        id: `noise-${level}-seed-${seed}`,
        series: phrase`LIFT`,
        x: level,
        seed,
        rows: () => noisyTestRows(input, seed, level, columns),
        baselines: true,
      })),
    );
  },
};

function noisyTestRows(input: StudyInput, seed: number, level: number, columns: readonly Column[]): PartedRow[] {
  const rows = partedRows(input, seed);
  const addNoise = noiseAdder(rows, columns);
  const random = input.random(seed, 'feature noise');
  return changeRows(rows, ['test'], (cells) => {
    addNoise(cells, level, random);
  });
}

/** Adds normal noise to the numbers of a row: a share of the standard deviation that each column has over the training rows. */
export function noiseAdder(
  rows: readonly PartedRow[],
  columns: readonly Column[],
): (cells: Cell[], level: number, random: Random) => void {
  const spreads = columns.map(({ index }) => {
    const numbers = rows.flatMap(({ cells, part }) =>
      part === 'train' ? (parseNumber(cells[index] ?? '') ?? []) : [],
    );
    return numbers.length === 0 ? 0 : meanOf(numbers).deviation;
  });
  return (cells, level, random) => {
    columns.forEach(({ index, numeric }, place) => {
      const drawn = random.normal();
      const value = parseNumber(cells[index] ?? '');
      if (value === undefined || level === 0) return;
      // Written with as many digits as the column has, so that noise cannot be told by its digits.
      cells[index] = (value + level * spreads[place]! * drawn).toFixed(Math.min(20, numeric?.decimals ?? 4));
    });
  };
}
