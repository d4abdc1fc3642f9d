import { LiftError } from '../foundation/lift-error';
import type { CsvIndex } from './csv-index';
import { decodeText } from './encoding';
import { openUnchanged, readPieces } from './file-pieces';
import { fitRow } from './fit-row';
import { newScanner, unitsOf } from './head';
import { RepairLog } from './repair-log';
import { planSpans } from './row-spans';
import type { RowRun, RowSpan } from './row-spans';
import { splitCells } from './split-cells';
import type { RecordText } from './split-cells';

const pieceBytes = 2 ** 18;

/** A row as the file has it: trimmed texts, as many as the table has columns. */
export interface RawRow {
  /** 0-based record number in the file, the header not counted. */
  readonly rowId: number;
  /** 1-based line on which it starts. */
  readonly lineNumber: number;
  readonly cells: string[];
}

export interface ReadRowsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where to note what was repaired in the rows read. */
  readonly log?: RepairLog;
}

/**
 * Rows `from` to `from + count - 1` of those indexed so far, fewer at the end; parses only these.
 * @throws LiftError `file-unreadable` when the file changed since it was indexed, `csv-invalid`, `cancelled`.
 */
export async function readRows(
  index: CsvIndex,
  from: number,
  count: number,
  options?: ReadRowsOptions,
): Promise<RawRow[]> {
  const to = Math.min(from + count, index.rowCount);
  const rows: RawRow[] = [];
  for await (const batch of readRuns(index, from < to ? [{ from, to }] : [], options)) rows.push(...batch);
  return rows;
}

/** The rows of runs in rising order, in batches of about 256 kB: any amount of rows passes in bounded memory. */
export async function* readRuns(
  index: CsvIndex,
  runs: readonly RowRun[],
  options: ReadRowsOptions = {},
): AsyncGenerator<RawRow[]> {
  const { inspection } = index;
  const log = options.log ?? new RepairLog();
  try {
    const file = await openUnchanged(inspection);
    try {
      for (const span of planSpans(index, runs)) {
        const pieces = readPieces(file, inspection.path, {
          from: span.place.offset,
          to: span.endOffset,
          pieceBytes,
          encoding: index.encoding,
          signal: options.signal,
        });
        for await (const records of recordsOfSpan(index, span, pieces)) yield toRows(index, records, log);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw LiftError.from(error);
  }
}

interface NumberedRecord extends RecordText {
  readonly rowId: number;
}

/** The texts of the wanted records of a span, piece by piece. */
async function* recordsOfSpan(
  index: CsvIndex,
  { place, runs }: RowSpan,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<NumberedRecord[]> {
  const { encoding } = index;
  const { unitBytes } = encoding;
  const { separators, keepBlankLines } = index.inspection;
  const scanner = newScanner(separators, keepBlankLines, { offset: place.offset / unitBytes, line: place.line });
  let window: Buffer = Buffer.alloc(0); // from the start of the record that is not complete yet
  let windowStart = place.offset;
  let rowId = place.row;
  let run = 0;
  let found: NumberedRecord[] = [];
  const sink = (start: number, end: number, line: number): void => {
    while (run < runs.length && rowId >= runs[run]!.to) run++;
    if (run < runs.length && rowId >= runs[run]!.from) {
      const bytes = window.subarray(start * unitBytes - windowStart, end * unitBytes - windowStart);
      found.push({ rowId, line, text: decodeText(bytes, encoding) });
    }
    rowId++;
  };
  for await (const piece of pieces) {
    window = window.length === 0 ? piece : Buffer.concat([window, piece]);
    scanner.scan(unitsOf(piece, encoding), sink);
    yield found;
    found = [];
    const pending = scanner.pendingUnits * unitBytes;
    windowStart += window.length - pending;
    window = Buffer.from(window.subarray(window.length - pending));
  }
  scanner.finish(sink);
  yield found;
}

function toRows({ inspection }: CsvIndex, records: readonly NumberedRecord[], log: RepairLog): RawRow[] {
  const { separators, names } = inspection;
  const clean = records.map((record) => withoutNulBytes(record, log));
  return splitCells(clean, separators).map((cells, at) => {
    const record = clean[at]!;
    return {
      rowId: record.rowId,
      lineNumber: record.line,
      cells: fitRow(cells, names.length, record, separators, log),
    };
  });
}

function withoutNulBytes(record: NumberedRecord, log: RepairLog): NumberedRecord {
  if (!record.text.includes('\0')) return record;
  log.note(
    'nul-bytes',
    record.line,
    (count, where) => `${count} rows with NUL bytes${where}: the bytes were left out.`,
  );
  return { ...record, text: record.text.replaceAll('\0', '') };
}
