import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';

/** An array of bytes of any shape, as MNIST and its relatives are published. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const unsignedBytes = 0x08;
const firstGzipBytes = [0x1f, 0x8b];

/**
 * Reads an IDX file, plain or compressed with gzip: two zero bytes, the kind of the values (bytes alone are read here), the number of
 * dimensions, each of them as a big-endian 32-bit integer, then the values.
 * @throws LiftError `file-not-found`; `file-unreadable` for a file of another kind, or one that is cut off
 */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const bytes = await readPlain(path);
  const invalid = (why: string): LiftError =>
    new LiftError(
      'file-unreadable',
      phrase`${path} is no IDX file of images or labels: ${why}.`,
      'MNIST and its relatives come as such files; name one, or a folder of pictures.',
    );
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) throw invalid('its first bytes are others');
  if (bytes[2] !== unsignedBytes) throw invalid(`its values are of kind ${bytes[2]!}, not bytes`);
  const dimensions = bytes[3]!;
  const start = 4 + 4 * dimensions;
  if (dimensions === 0 || bytes.length < start) throw invalid('it is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - start !== size) {
    throw invalid(`it should hold ${shape.join(' × ')} bytes, and has ${bytes.length - start}`);
  }
  return { shape, values: bytes.subarray(start) };
}

async function readPlain(path: string): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw LiftError.from(error);
  }
  if (!firstGzipBytes.every((byte, index) => bytes[index] === byte)) return bytes;
  try {
    return await promisify(gunzip)(bytes);
  } catch (cause) {
    throw new LiftError(
      'file-unreadable',
      phrase`${path} cannot be unpacked: ${(cause as Error).message}.`,
      'Get it again.',
      {
        cause,
      },
    );
  }
}
