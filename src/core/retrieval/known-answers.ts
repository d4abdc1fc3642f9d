import { parseNumber } from '../table/columns/parse-number';
import type { Cell, Table } from '../table/table';
import type { RelevanceTarget } from './feature-relevance';

/** The answers of indexed rows; a place is that of a row among them. */
export type KnownAnswers =
  | {
      readonly kind: 'classes';
      /** A code for each row, from 0. */
      readonly codes: Int32Array;
      readonly count: number;
      /** The places of the rows that have an answer. */
      readonly labelled: Int32Array;
    }
  | { readonly kind: 'numbers'; readonly numbers: Float64Array; readonly labelled: Int32Array };

/** @param rows indices into `table.rows` */
export function knownAnswers(table: Table, rows: readonly number[], { index, task }: RelevanceTarget): KnownAnswers {
  const cells = rows.map((row): Cell => table.rows[row]![index] ?? null);
  if (task === 'regression') {
    const numbers = cells.map((cell) => parseNumber(cell ?? ''));
    const labelled = numbers.flatMap((number, place) => (number === undefined ? [] : [place]));
    return {
      kind: 'numbers',
      numbers: Float64Array.from(numbers, (number) => number ?? 0),
      labelled: Int32Array.from(labelled),
    };
  }
  const classes = new Map([...new Set(cells)].map((answer, code) => [answer, code]));
  return {
    kind: 'classes',
    codes: Int32Array.from(cells, (answer) => classes.get(answer)!),
    count: classes.size,
    labelled: Int32Array.from(cells.flatMap((answer, place) => (answer === null ? [] : [place]))),
  };
}
