import { open } from 'node:fs/promises';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { decodeText, encodingNamed, guessEncoding, toLittleEndian } from './encoding';
import type { Encoding } from './encoding';
import { RecordScanner } from './record-scanner';
import type { Units } from './record-scanner';
import { splitCells } from './split-cells';
import type { RecordText, Separators } from './split-cells';

/** A record longer than this is taken for the work of a quote that was never closed. */
export const maxRecordBytes = 64 * 2 ** 20;

export function recordTooLong(line: number): LiftError {
  return new LiftError(
    'csv-invalid',
    phrase`The row that starts on line ${line} is longer than ${maxRecordBytes / 2 ** 20} MB.`,
    'Is a quote opened there and never closed?',
  );
}

/** The first bytes of a file, without the byte order mark, and how to read them. */
export interface Head {
  readonly encoding: Encoding;
  readonly bytes: Buffer;
  /** Whether this is the whole file. */
  readonly whole: boolean;
}

/** A record with the place after its line end, in bytes from the start of the head. */
export interface HeadRecord extends RecordText {
  readonly start: number;
  readonly cells: readonly string[];
}

/** @throws LiftError `csv-invalid` for a file of another kind, `usage` for an unknown encoding. */
export async function readHead(path: string, bytes: number, encodingLabel?: string): Promise<Head> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    let read = 0;
    for (let more = -1; more !== 0 && read < bytes; read += more) {
      more = (await file.read(buffer, read, bytes - read, read)).bytesRead;
    }
    const whole = read === (await file.stat()).size;
    const head = buffer.subarray(0, read);
    const encoding = encodingLabel === undefined ? guessEncoding(head) : encodingNamed(encodingLabel, head);
    refuseOtherFormats(head, encoding);
    const text = head.subarray(encoding.bomBytes);
    const aligned = text.subarray(0, text.length - (text.length % encoding.unitBytes));
    toLittleEndian(aligned, encoding);
    return { encoding, bytes: aligned, whole };
  } finally {
    await file.close();
  }
}

/** The code units of bytes in little-endian order. */
export function unitsOf(bytes: Buffer, encoding: Encoding): Units {
  return encoding.unitBytes === 1 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}

/**
 * The records of the head that are complete, at most `limit`.
 * @throws LiftError `csv-invalid` when quotes make no sense.
 */
export function recordsOfHead(head: Head, separators: Separators, start: number, limit: number): HeadRecord[] {
  const { encoding, whole } = head;
  const places: { start: number; end: number; line: number }[] = [];
  const scanner = newScanner(separators, false, { offset: start / encoding.unitBytes, line: start === 0 ? 1 : 2 });
  const sink = (from: number, end: number, line: number): void => {
    places.push({ start: from * encoding.unitBytes, end: end * encoding.unitBytes, line });
  };
  scanner.scan(unitsOf(head.bytes.subarray(start), encoding), sink);
  if (whole) scanner.finish(sink);
  const texts = places.slice(0, limit).map((place) => ({
    start: place.start,
    line: place.line,
    text: decodeText(head.bytes.subarray(place.start, place.end), encoding).replaceAll('\0', ''),
  }));
  const cells = splitCells(texts, separators);
  return texts.map((record, index) => ({ ...record, cells: cells[index]! }));
}

export function newScanner(
  { delimiter, quote }: Separators,
  keepBlankLines: boolean,
  start: { offset: number; line: number },
): RecordScanner {
  return new RecordScanner(delimiter.charCodeAt(0), quote === '' ? -1 : quote.charCodeAt(0), keepBlankLines, start);
}

const otherFormats: readonly [signature: string, name: Phrase, hint: Phrase][] = [
  ['504b0304', phrase`an Excel workbook or a ZIP archive`, phrase`Save the sheet as CSV, or unpack the archive.`],
  ['d0cf11e0', phrase`an old Excel workbook`, phrase`Save the sheet as CSV.`],
  ['1f8b', phrase`compressed with gzip`, phrase`Decompress it first.`],
  ['28b52ffd', phrase`compressed with Zstandard`, phrase`Decompress it first.`],
  ['50415231', phrase`a Parquet file`, phrase`Export it as CSV.`],
  ['25504446', phrase`a PDF document`, phrase`Export the table as CSV.`],
  ['53514c69746520666f726d6174', phrase`an SQLite database`, phrase`Export the table as CSV.`],
];

function refuseOtherFormats(head: Buffer, encoding: Encoding): void {
  const start = head.subarray(0, 16).toString('hex');
  const found = otherFormats.find(([signature]) => start.startsWith(signature));
  if (found) throw new LiftError('csv-invalid', phrase`The file is not a text file: it is ${found[1]}.`, found[2]);
  if (encoding.unitBytes === 2) return;
  const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27);
  const controls = head.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  if (controls > head.length / 10) {
    throw new LiftError(
      'csv-invalid',
      'The file is not a text file: it has many control characters.',
      'Export it as CSV.',
    );
  }
}
