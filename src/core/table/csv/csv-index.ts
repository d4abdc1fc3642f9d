import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { confirmEncoding } from './confirm-encoding';
import type { Encoding } from './encoding';
import { openUnchanged, pieceBuffer, readPieces } from './file-pieces';
import { maxRecordBytes, newScanner, recordTooLong, unitsOf } from './head';
import { inspectSource } from './inspect-source';
import type { SourceInspection, SourceOptions } from './inspect-source';
import { counted } from '../issues/counted';
import { RowOffsets } from './row-offsets';
import type { RowPlace } from './row-offsets';
import type { Repair } from '../table';
import { Utf8Check } from './utf8-check';

const pieceBytes = 2 ** 20;

export interface BuildOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the fraction of the file that is done, after each megabyte. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** End early, once as many rows are known; `complete` then stays false. */
  readonly enoughRows?: number;
}

/**
 * Where the rows of a file are: built in one pass over its bytes, without parsing cells, in bounded memory (2 MB), so that
 * any rows of a file of any size can be read at once. The rows indexed so far can be read while the building goes on.
 */
export class CsvIndex {
  private readonly offsets = new RowOffsets();
  private readonly foundRepairs: Repair[];
  private usedEncoding: Encoding;
  private done = false;
  /** Byte offset up to which rows are known. */
  private scannedBytes = 0;

  private constructor(readonly inspection: SourceInspection) {
    this.usedEncoding = inspection.encoding;
    this.foundRepairs = [...inspection.repairs];
  }

  /** Looks at the head of the file only. @throws what `inspectSource` throws */
  static async open(path: string, options: SourceOptions = {}): Promise<CsvIndex> {
    return new CsvIndex(await inspectSource(path, options));
  }

  /** How many rows are known; all of the file's when `complete`. */
  get rowCount(): number {
    return this.offsets.rowCount;
  }

  get complete(): boolean {
    return this.done;
  }

  /** The encoding, confirmed by the whole file when `complete`. */
  get encoding(): Encoding {
    return this.usedEncoding;
  }

  /** What was noticed in the head and in the pass over the bytes. */
  get repairs(): readonly Repair[] {
    return this.foundRepairs;
  }

  /** The nearest known place at or before a row. */
  placeBefore(row: number): RowPlace {
    return this.offsets.before(row);
  }

  /** The byte offset of the first known place at or after a row, or of the end of what is indexed. */
  offsetAfter(row: number): number {
    return this.offsets.after(row)?.offset ?? this.scannedBytes;
  }

  /**
   * Indexes the whole file, or its beginning, once.
   * @throws LiftError `csv-invalid` for a quote that is never closed or a row beyond 64 MB; `cancelled`;
   *   `file-unreadable` when the file changed since it was opened.
   */
  async build(options: BuildOptions = {}): Promise<void> {
    try {
      await this.scan(options);
    } catch (error) {
      throw LiftError.from(error);
    }
  }

  private async scan({ signal, onProgress, enoughRows = Infinity }: BuildOptions): Promise<void> {
    const { path, bytes, encoding, separators, keepBlankLines, start, hasHeader } = this.inspection;
    const { unitBytes } = encoding;
    const scanner = newScanner(separators, keepBlankLines, { offset: start.offset / unitBytes, line: start.line });
    const check = new Utf8Check();
    let isHeader = hasHeader;
    const sink = (offset: number, _end: number, line: number): void => {
      if (isHeader) isHeader = false;
      else this.offsets.push(offset * unitBytes, line);
    };
    const file = await openUnchanged(this.inspection);
    const buffer = pieceBuffer(pieceBytes, bytes);
    try {
      let done = start.offset;
      for await (const piece of readPieces(file, path, { from: done, to: bytes, buffer, encoding, signal })) {
        if (unitBytes === 1) check.add(piece, scanner.line);
        scanner.scan(unitsOf(piece, encoding), sink);
        done += piece.length;
        this.scannedBytes = done - scanner.pendingUnits * unitBytes;
        if (scanner.pendingUnits * unitBytes > maxRecordBytes) throw recordTooLong(scanner.pendingLine);
        onProgress?.(done / bytes);
        if (this.rowCount >= enoughRows && done < bytes) return;
      }
    } finally {
      await file.close();
    }
    scanner.finish(sink);
    this.scannedBytes = bytes;
    this.conclude(check, scanner.line, scanner.blankLines);
  }

  private conclude(check: Utf8Check, lastLine: number, blankLines: number): void {
    if (this.inspection.encoding.unitBytes === 1) {
      check.finish(lastLine);
      const { encoding, repairs } = confirmEncoding(this.inspection, check);
      this.usedEncoding = encoding;
      this.foundRepairs.push(...repairs);
    }
    if (blankLines > 0) {
      const message = phrase`${counted(blankLines, 'empty line')} skipped.`;
      this.foundRepairs.push({ kind: 'blank-lines', message, count: blankLines });
    }
    this.done = true;
  }
}
