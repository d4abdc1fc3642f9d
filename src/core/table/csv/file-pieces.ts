import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { toLittleEndian } from './encoding';
import type { Encoding } from './encoding';
import type { SourceInspection } from './inspect-source';

export interface PieceOptions {
  /** First byte, and the byte after the last. */
  readonly from: number;
  readonly to: number;
  /** Where the pieces are put, all in the same place: a piece is as long, or shorter. */
  readonly buffer: Buffer;
  readonly encoding: Encoding;
  readonly signal?: AbortSignal | undefined;
}

/** Room for pieces of so many bytes, or of a range that is shorter. */
export function pieceBuffer(pieceBytes: number, rangeBytes: number): Buffer {
  return Buffer.allocUnsafeSlow(Math.min(pieceBytes, Math.max(rangeBytes, 2)));
}

/** Opens a file that was inspected before. @throws LiftError `file-unreadable` when it changed since. */
export async function openUnchanged({ path, bytes, modified }: SourceInspection): Promise<FileHandle> {
  const file = await open(path);
  const { size, mtimeMs } = await file.stat();
  if (size === bytes && mtimeMs === modified) return file;
  await file.close();
  throw changed(path);
}

/**
 * The bytes of a range of the file, piece by piece, UTF-16 in little-endian order. A piece is valid until the next is asked
 * for. Cancellation is checked at every piece.
 * @throws LiftError `cancelled`, `file-unreadable` when the file ends before the range does.
 */
export async function* readPieces(file: FileHandle, path: string, options: PieceOptions): AsyncGenerator<Buffer> {
  const { from, to, buffer, encoding, signal } = options;
  const end = to - ((to - from) % encoding.unitBytes);
  for (let offset = from; offset < end;) {
    throwIfCancelled(signal);
    let filled = 0;
    const wanted = Math.min(buffer.length - (buffer.length % 2), end - offset);
    while (filled < wanted) {
      const { bytesRead } = await file.read(buffer, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) throw changed(path);
      filled += bytesRead;
    }
    const piece = buffer.subarray(0, wanted);
    toLittleEndian(piece, encoding);
    yield piece;
    offset += wanted;
  }
}

function changed(path: string): LiftError {
  return new LiftError('file-unreadable', phrase`${path} changed while it was being read.`, 'Read it again.');
}
