import type { Cell, ColumnType, Table } from '../../../../src/core/table/table';

/** A table made in a test: columns by name and type, rows as cells. */
export function smallTable(
  columns: readonly (readonly [string, ColumnType])[],
  rows: readonly (readonly Cell[])[],
): Table {
  return {
    source: { path: 'made.csv', bytes: 0, encoding: 'utf8', delimiter: ',', quote: '"', hasHeader: true },
    columns: columns.map(([name, type], index) => ({
      name,
      index,
      type,
      reason: 'made in a test',
      missing: 0,
      distinct: 0,
      distinctCapped: false,
      examples: [],
    })),
    rows,
    rowIds: rows.map((_, row) => row),
    lineNumbers: rows.map((_, row) => row + 2),
    totalRows: rows.length,
    repairs: [],
  };
}

/** Splits rows 0 … count − 1 in turn: three for training, one for validation, one for testing. */
export function everyFifth(count: number): { train: number[]; validation: number[]; test: number[] } {
  const rows = Array.from({ length: count }, (_, row) => row);
  return {
    train: rows.filter((row) => row % 5 < 3),
    validation: rows.filter((row) => row % 5 === 3),
    test: rows.filter((row) => row % 5 === 4),
  };
}
