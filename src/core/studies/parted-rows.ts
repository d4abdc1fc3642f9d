import type { Random } from '../foundation/random';
import type { Cell } from '../table/table';
import { csvText } from '../table/csv/write-csv';
import type { StudyInput } from './study';

/** A row of a study's table, and the part of the split that it is in. */
export interface PartedRow {
  readonly cells: readonly Cell[];
  readonly part: 'train' | 'validation' | 'test';
}

/** The rows of the table as the split of a seed has them, part after part. */
export function partedRows({ table, parts }: StudyInput, seed: number): PartedRow[] {
  const split = parts(seed);
  return (['train', 'validation', 'test'] as const).flatMap((part) =>
    split[part].map((row) => ({ cells: table.rows[row]!, part })),
  );
}

/** A name for the column of the parts that no column of the table has. */
export function partColumn(columns: readonly string[]): string {
  let name = 'part';
  while (columns.includes(name)) name = `_${name}`;
  return name;
}

/** The table of a run as a CSV: the columns of the original, and the part of each row. */
export function partedCsv(columns: readonly string[], rows: readonly PartedRow[]): string {
  return csvText(
    [...columns, partColumn(columns)],
    rows.map(({ cells, part }) => [...cells, part]),
  );
}

/** The rows with the cells of some parts changed. */
export function changeRows(
  rows: readonly PartedRow[],
  parts: readonly PartedRow['part'][],
  change: (cells: Cell[], index: number) => void,
): PartedRow[] {
  return rows.map((row, index) => {
    if (!parts.includes(row.part)) return row;
    const cells = [...row.cells];
    change(cells, index);
    return { ...row, cells };
  });
}

/** Places of exactly a share of the rows of each part; with the same random numbers a larger share holds a smaller one. */
export function shareOfRows(
  rows: readonly PartedRow[],
  parts: readonly PartedRow['part'][],
  share: number,
  random: Random,
): ReadonlySet<number> {
  const chosen = parts.flatMap((name) => {
    const places = rows.flatMap(({ part }, place) => (part === name ? [place] : []));
    return random.shuffle(places).slice(0, Math.round(share * places.length));
  });
  return new Set(chosen);
}

/** The place of the target among the cells of a row. */
export function targetIndex({ table, recipe }: StudyInput): number {
  return table.columns.find(({ name }) => name === recipe.target.column)!.index;
}

/** Takes rows of some parts out. */
export function keepRows(
  rows: readonly PartedRow[],
  parts: readonly PartedRow['part'][],
  isKept: (row: PartedRow) => boolean,
): PartedRow[] {
  return rows.filter((row) => !parts.includes(row.part) || isKept(row));
}
