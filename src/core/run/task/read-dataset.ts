import { readTable } from '../../table/read-table';
import type { Table } from '../../table/table';
import type { RunContext } from '../events';
import type { StageClock } from '../progress/stage-clock';
import { notice } from '../notice';

/** Tables with more rows than this are sampled: more would cost minutes, and would not change what is learnt. */
const MOST_ROWS = 100_000;

/** Reads a table and says what was repaired in it. */
export async function readDataset(path: string, clock: StageClock, { signal, emit }: RunContext): Promise<Table> {
  const table = await clock.time('reading', (report) =>
    readTable(path, { maxRows: MOST_ROWS, onProgress: report, ...(signal && { signal }) }),
  );
  for (const { message } of table.repairs) emit(notice('warning', message));
  return table;
}
