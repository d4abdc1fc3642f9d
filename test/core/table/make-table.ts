import { inferTable } from '../../../src/core/table/columns/infer-table';
import type { Table } from '../../../src/core/table/table';

/** A table from cells as a file would have them, without the file. */
export function makeTable(names: readonly string[], texts: readonly (readonly string[])[]): Table {
  const copies = texts.map((row) => [...row]);
  const { columns, rows, repairs } = inferTable(names, copies, { isSample: false, delimiter: ',' });
  return {
    source: { path: 'table.csv', bytes: 0, encoding: 'utf-8', delimiter: ',', quote: '"', hasHeader: true },
    columns,
    rows,
    rowIds: rows.map((_, row) => row),
    lineNumbers: rows.map((_, row) => row + 2),
    totalRows: rows.length,
    repairs,
  };
}
