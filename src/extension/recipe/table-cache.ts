import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { LiftError } from '../../core/foundation/lift-error';
import { readBeginning } from '../../core/table/csv/read-beginning';
import { readTable } from '../../core/table/read-table';
import type { Table } from '../../core/table/table';

/** Enough rows to fit formats and find neighbours for a preview; the run itself reads more. */
const previewRows = 4000;
/** Reading a table larger than this takes seconds: its first rows are shown meanwhile. */
const largeBytes = 32e6;
const firstRows = 500;
/** And so many rows from all over it, to fit formats to. */
const spreadRows = 1000;
/** Reading the rest keeps the host busy: the first rows are given time to come on the screen, in milliseconds. */
const headStart = 1000;

/** A table as far as it is known: of a large one the first rows only, until `whole` settles. */
export interface KnownTable {
  readonly table: Table;
  /** How many rows can be shown: of a large table there are others at the end, to fit formats to. */
  readonly rows: number;
  /** Undefined when `table` is the whole already. */
  readonly whole: Promise<KnownTable> | undefined;
}

/** The table of one recipe, read again only when the file has changed. */
export class TableCache {
  private key = '';
  private known: Promise<KnownTable> | undefined;
  private reading = new AbortController();

  /** @param shownWhile bytes from which on the beginning of a table is shown while it is read */
  constructor(private readonly shownWhile = largeBytes) {}

  /** Throws as `readTable` does, and so may `whole`; a failure is not remembered. */
  async open(path: string): Promise<KnownTable> {
    const { mtimeMs, size } = await stat(path);
    const key = `${path} ${mtimeMs} ${size}`;
    if (key === this.key && this.known) return this.known;
    this.dispose();
    this.key = key;
    const { signal } = (this.reading = new AbortController());
    const known = size > this.shownWhile ? this.begin(path, signal) : readKnown(path, signal);
    this.remember(known, signal);
    return known;
  }

  /** Ends the reading: what waits for it fails with `cancelled`. */
  dispose(): void {
    this.reading.abort();
    this.known = undefined;
  }

  private async begin(path: string, signal: AbortSignal): Promise<KnownTable> {
    const beginning = await readBeginning(path, firstRows, spreadRows, { signal });
    const known = this.readRest(path, signal);
    void known.then(() => {
      this.remember(known, signal);
    }, this.forget(signal));
    return { table: beginning.table, rows: beginning.firstRows, whole: known };
  }

  private async readRest(path: string, signal: AbortSignal): Promise<KnownTable> {
    try {
      await pause(headStart, undefined, { signal });
    } catch (error) {
      throw LiftError.from(error);
    }
    return readKnown(path, signal);
  }

  private remember(known: Promise<KnownTable>, signal: AbortSignal): void {
    if (!signal.aborted) this.known = known;
    known.catch(this.forget(signal));
  }

  /** What was read for another file meanwhile is not forgotten. */
  private forget(signal: AbortSignal): () => void {
    return () => {
      if (!signal.aborted) this.known = undefined;
    };
  }
}

async function readKnown(path: string, signal: AbortSignal): Promise<KnownTable> {
  const table = await readTable(path, { maxRows: previewRows, signal });
  return { table, rows: table.rows.length, whole: undefined };
}

/** As much of a table as is known at once: of a large one its beginning and rows from all over it. Throws as `readTable` does. */
export async function glanceAt(path: string): Promise<Table> {
  const cache = new TableCache();
  try {
    return (await cache.open(path)).table;
  } finally {
    cache.dispose();
  }
}
