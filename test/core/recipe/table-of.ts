import type { Cell, Column, ColumnType, Table } from '../../../src/core/table/table';

export interface SmallColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly cells: readonly Cell[];
}

/** A table as it is after reading, from columns whose types are given. */
export function tableOf(...columns: readonly SmallColumn[]): Table {
  const length = Math.max(0, ...columns.map((column) => column.cells.length));
  const rows = Array.from({ length }, (_, row) => columns.map((column) => column.cells[row] ?? null));
  return {
    source: { path: '/data/flowers.csv', bytes: 1, encoding: 'utf-8', delimiter: ',', quote: '"', hasHeader: true },
    columns: columns.map(describe),
    rows,
    rowIds: [...rows.keys()],
    lineNumbers: rows.map((_, index) => index + 2),
    totalRows: length,
    repairs: [],
  };
}

function describe({ name, type, cells }: SmallColumn, index: number): Column {
  const present = cells.filter((cell) => cell !== null);
  const distinct = [...new Set(present)];
  return {
    name,
    index,
    type,
    reason: `all ${present.length} values are of this type`,
    missing: cells.length - present.length,
    distinct: distinct.length,
    distinctCapped: false,
    examples: distinct.slice(0, 5),
  };
}

/** `count` cells made by a rule. */
export function cells(count: number, rule: (row: number) => Cell): Cell[] {
  return Array.from({ length: count }, (_, row) => rule(row));
}

/** 60 flowers: two numbers, a category, an identifier, a constant, a note, and their species. */
export const flowers = tableOf(
  { name: 'id', type: 'identifier', cells: cells(60, (row) => `f${row}`) },
  { name: 'sepal_length_cm', type: 'number', cells: cells(60, (row) => (4 + row / 20).toFixed(2)) },
  { name: 'colour', type: 'category', cells: cells(60, (row) => (row % 3 === 0 ? 'blue' : 'white')) },
  { name: 'garden', type: 'category', cells: cells(60, () => 'north') },
  { name: 'note', type: 'text', cells: cells(60, (row) => `${'seen in the grass '.repeat(20)}${row}`) },
  { name: 'species', type: 'category', cells: cells(60, (row) => (row < 30 ? 'setosa' : 'virginica')) },
);
