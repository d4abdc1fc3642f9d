import { open, rename, rm } from 'node:fs/promises';
import { LiftError } from '../../foundation/lift-error';
import type { TensorEntry, WeightType } from '../../model/model-folder';

/** A tensor to be written; its bytes are asked for when their turn comes, so that only one tensor is in memory. */
export interface WeightSource {
  readonly name: string;
  readonly dtype: WeightType;
  readonly shape: readonly number[];
  readonly bytes: number;
  read(): Promise<Uint8Array>;
}

/**
 * Writes tensors one after the other as a safetensors file, which at the same time is a file of external data to ONNX,
 * and tells where each of them lies. Wide types come first, so that every tensor is aligned.
 */
export async function writeWeightsFile(
  path: string,
  sources: readonly WeightSource[],
): Promise<ReadonlyMap<string, TensorEntry>> {
  const ordered = [...sources].sort((a, b) => widthOf(b.dtype) - widthOf(a.dtype));
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let end = 0;
  for (const { name, dtype, shape, bytes } of ordered) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes] };
    end += bytes;
  }
  const json = JSON.stringify(header);
  const headerBytes = Math.ceil(Buffer.byteLength(json) / 8) * 8;
  const start = Buffer.alloc(8 + headerBytes, ' ');
  start.writeBigUInt64LE(BigInt(headerBytes));
  start.write(json, 8);

  const entries = new Map<string, TensorEntry>();
  const unfinished = `${path}.tmp`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(start);
      let offset = start.length;
      for (const source of ordered) {
        const { name, dtype, shape, bytes } = source;
        // Not `write`: that may write less than it is given.
        await file.writeFile(await source.read());
        entries.set(name, { file: path, dtype, shape, offset, bytes });
        offset += bytes;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw LiftError.from(error);
  }
  return entries;
}

function widthOf(dtype: WeightType): number {
  return dtype === 'F32' ? 4 : 2;
}
