import type { Said } from '../foundation/phrase';

/** What a cell holds: trimmed text, or null when it is missing (empty, or one of the column's missing-value tokens). */
export type Cell = string | null;

export type ColumnType = 'number' | 'integer' | 'category' | 'boolean' | 'date' | 'text' | 'identifier';

/** Statistics of a number or integer column; `decimals` is the largest number of digits after the decimal mark. */
export interface NumericStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly decimals: number;
}

export interface CategoryCount {
  readonly value: string;
  readonly count: number;
}

export interface Column {
  /** Unique in the table; empty and duplicate headers are renamed and reported as a `Repair`. */
  readonly name: string;
  readonly index: number;
  readonly type: ColumnType;
  /** Why the column has this type, in words for people: "all 150 values are decimal numbers". */
  readonly reason: Said;
  /** How many cells are missing. */
  readonly missing: number;
  /** How many distinct values are present; a lower bound when `distinctCapped`. */
  readonly distinct: number;
  readonly distinctCapped: boolean;
  /** Up to five distinct values, in the order of the file. */
  readonly examples: readonly string[];
  /** Present for number and integer columns that have a value. */
  readonly numeric?: NumericStatistics;
  /** Present for category, boolean and few-valued integer columns, the most frequent value first. */
  readonly categories?: readonly CategoryCount[];
}

/** Something that was changed while reading, for people; nothing is ever dropped or altered without one. */
export interface Repair {
  readonly kind: string;
  readonly message: Said;
  /** How many cells, rows or columns it concerns. */
  readonly count: number;
}

/** How a file of separated values is written. */
export interface TableSource {
  readonly path: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly delimiter: string;
  readonly quote: string;
  readonly hasHeader: boolean;
}

/** What is known of a table of which only some rows were read, without their places in the file. */
export type TablePart = Pick<Table, 'source' | 'columns' | 'rows'>;

export interface Table {
  readonly source: TableSource;
  readonly columns: readonly Column[];
  /** One array of cells a row, as long as `columns`. */
  readonly rows: readonly (readonly Cell[])[];
  /** 0-based record number in the file of each row, the header not counted; `rows` may be a sample. */
  readonly rowIds: readonly number[];
  /** 1-based line of the file on which each row starts (a quoted cell may span lines). */
  readonly lineNumbers: readonly number[];
  /** How many records the file has. */
  readonly totalRows: number;
  readonly repairs: readonly Repair[];
}
