import { open, type FileHandle } from 'node:fs/promises';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { fromBF16, fromF16 } from './half-floats';
import type { TensorEntry } from '../model-folder';
import { parseSafetensorsHeader, readHeaderLength, type HeaderTensor } from './safetensors-header';

/** One read call may not ask for more than 2 GiB. */
const largestRead = 1 << 30;

/** The checked header of one file; `header` are its bytes, for a hash. */
export interface SafetensorsFile {
  readonly tensors: readonly HeaderTensor[];
  readonly header: Uint8Array;
  readonly bytes: number;
}

/** Reads the header of a safetensors file and no weight. Throws `model-invalid`, `file-not-found`, `file-unreadable`. */
export async function readSafetensorsHeader(path: string): Promise<SafetensorsFile> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const length = readHeaderLength(await readRange(file, path, 0, Math.min(8, size)), size, path);
    const header = await readRange(file, path, 8, length);
    return { tensors: parseSafetensorsHeader(header, size, path), header, bytes: size };
  });
}

/** The values of one tensor as 32-bit floats, whatever its stored type. Throws `model-invalid` when the file has shrunk. */
export async function readTensor(entry: TensorEntry): Promise<Float32Array> {
  const bytes = await withFile(entry.file, (file) => readRange(file, entry.file, entry.offset, entry.bytes));
  switch (entry.dtype) {
    case 'F32':
      return new Float32Array(bytes.buffer);
    case 'F16':
      return fromF16(new Uint16Array(bytes.buffer));
    case 'BF16':
      return fromBF16(new Uint16Array(bytes.buffer));
  }
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    const file = await open(path, 'r');
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw LiftError.from(error);
  }
}

/** Exactly `length` bytes in a buffer of their own, so that typed arrays may view it. */
async function readRange(
  file: FileHandle,
  path: string,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, Math.min(length - done, largestRead), position + done);
    if (bytesRead === 0) {
      throw new LiftError('model-invalid', phrase`${path} ended while it was read.`, 'Do not change a model in use.');
    }
    done += bytesRead;
  }
  return bytes;
}
