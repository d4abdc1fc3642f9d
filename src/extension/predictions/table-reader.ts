import { LiftError } from '../../core/foundation/lift-error';
import { CsvIndex } from '../../core/table/csv/csv-index';
import { parseNumber } from '../../core/table/columns/parse-number';
import { readRows, readRuns } from '../../core/table/csv/read-rows';
import type { RawRow } from '../../core/table/csv/read-rows';
import { runsOf } from '../../core/table/csv/row-spans';
import type { ColumnFacts } from '../../shared/predictions-view';

const headRows = 200;

/**
 * The rows of a table of any size: places of rows are indexed in the background, rows are read when they are asked for.
 * The first rows can be read as soon as it is open.
 */
export class TableReader {
  /** Settles when every row is known, or the file could not be read to its end; see `problem`. */
  readonly whole: Promise<void>;
  columns: readonly ColumnFacts[] = [];
  /** Why the file could not be read to its end. */
  problem: LiftError | undefined;
  private readonly gone = new AbortController();

  private constructor(
    private readonly index: CsvIndex,
    grown: () => void,
  ) {
    this.whole = this.build(grown);
  }

  /**
   * @param grown called now and then while rows become known, and when all are
   * @throws LiftError as `CsvIndex.open` does
   */
  static async open(path: string, grown: () => void): Promise<TableReader> {
    const index = await CsvIndex.open(path);
    let begun: () => void = () => undefined;
    const firstRows = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const reader = new TableReader(index, () => {
      begun();
      grown();
    });
    await firstRows;
    reader.columns = describe(index.inspection.names, await readRows(index, 0, headRows));
    return reader;
  }

  get rowCount(): number {
    return this.index.rowCount;
  }

  get complete(): boolean {
    return this.index.complete;
  }

  get delimiter(): string {
    return this.index.inspection.separators.delimiter;
  }

  page(from: number, count: number, signal?: AbortSignal): Promise<RawRow[]> {
    return readRows(this.index, from, count, { signal });
  }

  /** Rows in the order in which they are asked for; undefined for one that the file does not have. */
  async at(rows: readonly number[], signal?: AbortSignal): Promise<(RawRow | undefined)[]> {
    const found = new Map<number, RawRow>();
    for await (const batch of this.scan(
      [...rows].sort((a, b) => a - b),
      signal,
    )) {
      for (const row of batch) found.set(row.rowId, row);
    }
    return rows.map((row) => found.get(row));
  }

  /** Rows of rising numbers, all of them when none are named, in batches: any amount passes in bounded memory. */
  scan(rows: readonly number[] | undefined, signal?: AbortSignal): AsyncGenerator<RawRow[]> {
    const runs = rows === undefined ? [{ from: 0, to: this.rowCount }] : runsOf(rows);
    const known = runs.filter(({ from }) => from < this.rowCount);
    return readRuns(this.index, known, { signal });
  }

  /** The row that stands on a 1-based line; undefined when the line is before the first row. */
  async rowOfLine(line: number): Promise<number | undefined> {
    let [from, to] = [0, this.rowCount];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.index.placeBefore(middle).line <= line) from = middle + 1;
      else to = middle;
    }
    if (from === 0) return undefined;
    // Of a large table every few rows only are indexed: those between are read.
    const { row } = this.index.placeBefore(from - 1);
    const rows = await this.page(row, from - row);
    return rows.findLast(({ lineNumber }) => lineNumber <= line)?.rowId;
  }

  dispose(): void {
    this.gone.abort();
  }

  private async build(grown: () => void): Promise<void> {
    try {
      await this.index.build({ signal: this.gone.signal, onProgress: grown });
    } catch (error) {
      this.problem = LiftError.from(error);
    }
    grown();
  }
}

const widest = 40;

/** What the head of the file shows of its columns: enough to lay out a grid. */
function describe(names: readonly string[], head: readonly RawRow[]): ColumnFacts[] {
  return names.map((name, column) => {
    const texts = head.map(({ cells }) => cells[column]!).filter((text) => text !== '');
    const lengths = texts.map((text) => text.length).sort((a, b) => a - b);
    const usual = lengths[Math.floor(0.9 * (lengths.length - 1))] ?? 0;
    return {
      name,
      isNumber: texts.length > 0 && texts.every((text) => parseNumber(text) !== undefined),
      width: Math.min(widest, Math.max(usual, name.length)),
    };
  });
}
