import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { CsvIndex } from './csv-index';
import { decodeText } from './encoding';
import { openUnchanged, pieceBuffer, readPieces } from './file-pieces';
import { fitRow } from './fit-row';
import { newScanner, unitsOf } from './head';
import { counted } from '../issues/counted';
import { RepairLog } from '../issues/repair-log';
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
      const spans = planSpans(index, runs);
      const longest = spans.reduce((most, { place, endOffset }) => Math.max(most, endOffset - place.offset), 0);
      const buffer = pieceBuffer(pieceBytes, longest);
      for (const span of spans) {
        const pieces = readPieces(file, inspection.path, {
          from: span.place.offset,
          to: span.endOffset,
          buffer,
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
  let begun: Buffer = Buffer.alloc(0); // what the pieces before have of the record that is not complete yet
  let piece: Buffer = begun;
  let pieceStart = place.offset;
  let rowId = place.row;
  let run = 0;
  let found: NumberedRecord[] = [];
  const sink = (start: number, end: number, line: number): void => {
    while (run < runs.length && rowId >= runs[run]!.to) run++;
    if (run < runs.length && rowId >= runs[run]!.from) {
      // Only a record that a piece has cut is put together: copying all pieces would leave as much behind as the file has.
      const [from, to] = [start * unitBytes - pieceStart, end * unitBytes - pieceStart];
      const bytes = from >= 0 ? piece.subarray(from, to) : joined(begun, piece, to);
      found.push({ rowId, line, text: decodeText(bytes, encoding) });
    }
    rowId++;
  };
  for await (piece of pieces) {
    scanner.scan(unitsOf(piece, encoding), sink);
    yield found;
    found = [];
    const pending = scanner.pendingUnits * unitBytes;
    begun =
      pending > piece.length ? Buffer.concat([begun, piece]) : Buffer.from(piece.subarray(piece.length - pending));
    pieceStart += piece.length;
    piece = piece.subarray(0, 0);
  }
  scanner.finish(sink);
  yield found;
}

/** What was begun in the pieces before, with the first bytes of this one; less of it when the record ended there. */
function joined(begun: Buffer, piece: Buffer, to: number): Buffer {
  return to <= 0 ? begun.subarray(0, begun.length + to) : Buffer.concat([begun, piece.subarray(0, to)]);
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
    (count, where) => phrase`${counted(count, 'row')} with NUL bytes${where}: the bytes were left out.`,
  );
  return { ...record, text: record.text.replaceAll('\0', '') };
}
