import { buildTable, withoutRows } from '../build-table';
import { CsvIndex } from './csv-index';
import type { SourceOptions } from './inspect-source';
import { readRows } from './read-rows';
import type { RawRow } from './read-rows';
import { spreadRecords } from './read-spread';
import { RepairLog } from '../issues/repair-log';
import type { Table } from '../table';

/** A table of which only the first rows are known, and some others. */
export interface TableBeginning {
  /** The first rows, then rows from all over the file, with −1 for their number and 0 for their line. */
  readonly table: Table;
  /** How many of the rows are the first ones. */
  readonly firstRows: number;
}

/**
 * The first rows of a file of any size, without looking at all the rest of it: `totalRows` is then an estimate from its size.
 * Of a large file come rows from all over it, so that types, classes and ranges are known also where it is sorted.
 * @param spread about so many
 * @throws LiftError as `readTable` does, of what is in these parts
 */
export async function readBeginning(
  path: string,
  rows: number,
  spread: number,
  options: SourceOptions = {},
): Promise<TableBeginning> {
  const index = await CsvIndex.open(path, options);
  await index.build({ signal: options.signal, enoughRows: rows });
  if (index.rowCount === 0) throw withoutRows(path);
  const log = new RepairLog();
  const first = await readRows(index, 0, rows, { signal: options.signal, log });
  const places = index.complete ? undefined : await spreadRecords(index.inspection, spread, options.signal);
  // The first place is where the first rows are.
  const others = places?.slice(1).flat() ?? [];
  const { bytes, start } = index.inspection;
  const share = (index.offsetAfter(index.rowCount) - start.offset) / (bytes - start.offset);
  const table = buildTable(index, [...first, ...others.map(elsewhere)], {
    isSample: first.length < index.rowCount || !index.complete,
    totalRows: index.complete ? index.rowCount : Math.round(index.rowCount / share),
    repairs: [...index.repairs, ...log.repairs()],
    missingTokens: undefined,
  });
  return { table, firstRows: first.length };
}

function elsewhere(cells: string[]): RawRow {
  return { rowId: -1, lineNumber: 0, cells };
}
