import type { Cell, ColumnType, Repair } from '../table';
import type { Said } from '../../foundation/phrase';

/** The distinct texts of a column. */
export interface ColumnValues {
  readonly name: string;
  /** How many rows have each text, in the order in which the file has them. */
  readonly counts: ReadonlyMap<string, number>;
  /** How many rows there are. */
  readonly rows: number;
  /** The delimiter of the file, which says something about its numbers. */
  readonly delimiter: string;
}

export interface ColumnRole {
  readonly type: ColumnType;
  /** Why, in words for people. */
  readonly reason: Said;
}

/** The type of a column and the cells that its texts become; a text that is not listed stays as it is. */
export interface InferredColumn extends ColumnRole {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly repairs: readonly Repair[];
}

/** How many rows have one of the texts. */
export function rowsWith(texts: Iterable<string>, counts: ReadonlyMap<string, number>): number {
  let rows = 0;
  for (const text of texts) rows += counts.get(text) ?? 0;
  return rows;
}
