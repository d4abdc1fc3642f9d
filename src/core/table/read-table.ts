import { buildTable, withoutRows } from './build-table';
import { CsvIndex } from './csv/csv-index';
import type { SourceOptions } from './csv/inspect-source';
import { readRuns } from './csv/read-rows';
import type { RawRow } from './csv/read-rows';
import { counted } from './issues/counted';
import { RepairLog } from './issues/repair-log';
import { runsOf } from './csv/row-spans';
import type { RowRun } from './csv/row-spans';
import { sampleRows } from './split/sample-rows';
import type { Repair, Table } from './table';
import { amount, phrase } from '../foundation/phrase';

export interface ReadTableOptions extends SourceOptions {
  /** Read at most this many rows: a uniform sample when the file has more, in the order of the file. */
  readonly maxRows?: number;
  readonly sampleSeed?: number;
  /** Exactly the texts that mean "missing", besides the empty one; otherwise the usual ones, by the type of the column. */
  readonly missingTokens?: readonly string[];
  readonly onProgress?: (fraction: number) => void;
}

/** The share of the progress that finding the rows takes, before their cells are read. */
const indexingShare = 0.1;

/**
 * Reads a file of separated values: finds its encoding, delimiter, quote and header, infers the type of each column, and
 * repairs and reports what is irregular. One pass over the bytes finds the rows, so a sample of a huge file is read without
 * parsing the rest.
 * @throws LiftError `file-not-found` or `file-unreadable`; `csv-empty` without a row; `csv-invalid` for an unclosed quote or
 *   a file of another kind; `usage` for an unusable option; `cancelled`.
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  const { signal, onProgress, maxRows = Infinity, sampleSeed = 0, missingTokens } = options;
  const index = await CsvIndex.open(path, options);
  await index.build({ signal, onProgress: (fraction) => onProgress?.(fraction * indexingShare) });
  const totalRows = index.rowCount;
  if (totalRows === 0) throw withoutRows(path);
  const isSample = totalRows > maxRows;
  const runs = isSample ? runsOf(sampleRows(totalRows, maxRows, sampleSeed)) : [{ from: 0, to: totalRows }];
  const log = new RepairLog();
  const raw = await readAll(index, runs, log, options);
  const sampled = isSample ? [sampleRepair(maxRows, totalRows, sampleSeed)] : [];
  const repairs = [...index.repairs, ...sampled, ...log.repairs()];
  const table = buildTable(index, raw, { isSample, totalRows, repairs, missingTokens });
  onProgress?.(1);
  return table;
}

async function readAll(
  index: CsvIndex,
  runs: readonly RowRun[],
  log: RepairLog,
  { signal, onProgress }: ReadTableOptions,
): Promise<RawRow[]> {
  const wanted = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  const rows: RawRow[] = [];
  for await (const batch of readRuns(index, runs, { signal, log })) {
    for (const row of batch) rows.push(row);
    onProgress?.(indexingShare + (1 - indexingShare) * (rows.length / wanted));
  }
  return rows;
}

function sampleRepair(rows: number, totalRows: number, seed: number): Repair {
  const message = phrase`${counted(rows, 'row')} of ${amount(totalRows)} were read: a uniform sample (seed ${seed}).`;
  return { kind: 'sample', message, count: totalRows - rows };
}
