import type { Cell, Column, Table } from '../table/table';
import type { SourceRows } from './source-rows';

/** Rows in the order of the generator's columns, as a table of these columns alone. */
export function smallTable({ table, columns }: SourceRows, rows: readonly (readonly Cell[])[]): Table {
  return {
    ...table,
    columns: columns.map(({ index }, place): Column => ({ ...table.columns[index]!, index: place })),
    rows,
    rowIds: rows.map((_, row) => row),
    lineNumbers: rows.map((_, row) => row + 2),
    totalRows: rows.length,
    repairs: [],
  };
}

/** Rows of the run's table, in the order of the generator's columns. */
export function realRows({ table, columns }: SourceRows, rows: readonly number[]): Cell[][] {
  return rows.map((row) => columns.map(({ index }) => table.rows[row]![index]!));
}
