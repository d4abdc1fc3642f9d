import type { FileHandle } from 'node:fs/promises';
import { LiftError } from '../../foundation/lift-error';
import { decodeText } from './encoding';
import { openUnchanged, pieceBuffer, readPieces } from './file-pieces';
import { newScanner, unitsOf } from './head';
import { inferTable } from '../columns/infer-table';
import { inspectSource } from './inspect-source';
import type { SourceInspection } from './inspect-source';
import type { Units } from './record-scanner';
import { splitCells } from './split-cells';
import type { TablePart } from '../table';

const blocks = 64;
const blockBytes = 2 ** 16;
/** A block that is read from within a quoted cell is out of step: its rows have all kinds of widths. */
const leastFitting = 0.9;
/** So many line ends of a block are tried before it is given up. */
const mostTries = 16;

/**
 * Rows from evenly spaced places of a large file: what its columns are, also where it is sorted, after reading 4 MB of it.
 * Undefined when that cannot be told so: the file is small, or its rows are very long.
 * @param rows about as many are taken
 * @throws LiftError as `inspectSource` does; `cancelled`; `file-unreadable` when the file changes meanwhile
 */
export async function readSpread(path: string, rows: number, signal?: AbortSignal): Promise<TablePart | undefined> {
  const inspection = await inspectSource(path, signal ? { signal } : {});
  const found = await spreadRecords(inspection, rows, signal);
  if (!found) return undefined;
  const { bytes, encoding, separators, hasHeader, names } = inspection;
  const inferred = inferTable(names, found.flat(), { isSample: true, delimiter: separators.delimiter });
  return {
    source: { path, bytes, encoding: encoding.name, ...separators, hasHeader },
    columns: inferred.columns,
    rows: inferred.rows,
  };
}

/** The cells of those rows as they are written, place by place from the first row on; see `readSpread`. */
export async function spreadRecords(
  inspection: SourceInspection,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<string[][][] | undefined> {
  const { bytes, start, encoding, hasHeader } = inspection;
  const room = bytes - start.offset;
  if (room < 2 * blocks * blockBytes) return undefined;
  const file = await openUnchanged(inspection);
  const buffer = pieceBuffer(blockBytes, room);
  const found: string[][][] = [];
  try {
    for (let block = 0; block < blocks; block++) {
      const jump = Math.floor(((room - blockBytes) / (blocks - 1)) * block);
      const from = start.offset + jump - (jump % encoding.unitBytes);
      // A block begins within a row; the first one with a row, or with the header.
      const most = Math.ceil(rows / blocks) + 1;
      const records = await recordsOfBlock(file, inspection, { from, isStart: block === 0, most, buffer, signal });
      found.push(block === 0 && hasHeader ? records.slice(1) : records);
    }
  } catch (error) {
    throw LiftError.from(error);
  } finally {
    await file.close();
  }
  return found.flat().length < blocks ? undefined : found;
}

interface Block {
  /** Its first byte. */
  readonly from: number;
  /** Whether a record begins with it. */
  readonly isStart: boolean;
  /** So many of its records are read. */
  readonly most: number;
  readonly buffer: Buffer;
  readonly signal: AbortSignal | undefined;
}

/** The cells of the records of a block, from the first line end on after which they make sense; none without such a one. */
async function recordsOfBlock(
  file: FileHandle,
  inspection: SourceInspection,
  { from, isStart, most, buffer, signal }: Block,
): Promise<string[][]> {
  const { path, encoding, names } = inspection;
  const range = { from, to: from + blockBytes, buffer, encoding, signal };
  for await (const piece of readPieces(file, path, range)) {
    const units = unitsOf(piece, encoding);
    let begin = isStart ? 0 : afterLineEnd(units, 0);
    for (let tries = 0; tries < mostTries && begin < units.length; tries++) {
      const records = recordsFrom(inspection, piece, begin, most);
      const fitting = records.filter((record) => record.length === names.length);
      if (fitting.length > 0 && fitting.length >= leastFitting * records.length) return fitting;
      begin = afterLineEnd(units, begin);
    }
  }
  return [];
}

/** @param begin in units from the start of the piece */
function recordsFrom(
  { encoding, separators }: SourceInspection,
  piece: Buffer,
  begin: number,
  most: number,
): string[][] {
  const { unitBytes } = encoding;
  const bytes = piece.subarray(begin * unitBytes);
  const texts: { text: string; line: number }[] = [];
  try {
    newScanner(separators, false, { offset: 0, line: 1 }).scan(unitsOf(bytes, encoding), (start, end, line) => {
      if (texts.length < most)
        texts.push({ text: decodeText(bytes.subarray(start * unitBytes, end * unitBytes), encoding), line });
    });
    return splitCells(texts, separators);
  } catch (error) {
    // Quotes make no sense when a block is read from within one.
    if (LiftError.is(error, 'csv-invalid')) return [];
    throw error;
  }
}

/** The place after the next line end, in units. */
function afterLineEnd(units: Units, from: number): number {
  let at = from;
  while (at < units.length && units[at] !== 10 && units[at] !== 13) at++;
  return at + 1;
}
