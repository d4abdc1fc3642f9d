import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { CsvIndex } from './csv/csv-index';
import { inferTable } from './columns/infer-table';
import type { RawRow } from './csv/read-rows';
import type { Table } from './table';

/** What is known of a table besides its rows. */
export interface TableFacts extends Pick<Table, 'totalRows' | 'repairs'> {
  readonly isSample: boolean;
  readonly missingTokens: readonly string[] | undefined;
}

/** A table of rows as the file has them: types are inferred, and with them what the texts mean. */
export function buildTable(index: CsvIndex, raw: readonly RawRow[], facts: TableFacts): Table {
  const { path, separators, hasHeader, names, bytes } = index.inspection;
  const { isSample, totalRows, repairs, missingTokens } = facts;
  const cells = raw.map((row) => row.cells);
  const inferred = inferTable(names, cells, { isSample, delimiter: separators.delimiter, missingTokens });
  return {
    source: { path, bytes, encoding: index.encoding.name, ...separators, hasHeader },
    columns: inferred.columns,
    rows: inferred.rows,
    rowIds: raw.map((row) => row.rowId),
    lineNumbers: raw.map((row) => row.lineNumber),
    totalRows,
    repairs: [...repairs, ...inferred.repairs],
  };
}

export function withoutRows(path: string): LiftError {
  return new LiftError(
    'csv-empty',
    phrase`${path} has a header but no rows.`,
    'Add rows, or say that it has no header.',
  );
}
