import { open } from 'node:fs/promises';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Adapter } from '../../model/adapter/adapter';
import { mergeAdapter } from '../../model/adapter/merge-adapter';
import type { ModelFolder, TensorEntry } from '../../model/model-folder';
import type { WeightSource } from '../folder/weights-file';

/**
 * The weights of a model with an adapter merged in. Merged matrices become F32, so that nothing of the adapter is lost to
 * rounding; all others keep their stored type and bits.
 * Throws `adapter-invalid` when the adapter does not fit the model.
 */
export async function mergedWeights(model: ModelFolder, adapter: Adapter | undefined): Promise<WeightSource[]> {
  const merged = adapter ? await mergeAdapter(model, adapter) : new Map<string, Float32Array>();
  return [...model.tensors].map(([name, entry]): WeightSource => {
    const data = merged.get(name);
    const { shape, dtype, bytes } = entry;
    if (!data) return { name, dtype, shape, bytes, read: () => rawBytes(entry) };
    const own = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { name, dtype: 'F32', shape, bytes: own.length, read: () => Promise.resolve(own) };
  });
}

async function rawBytes({ file, offset, bytes }: TensorEntry): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(bytes);
    let done = 0;
    while (done < bytes) {
      // One read call may not ask for more than 2 GiB.
      const { bytesRead } = await handle.read(buffer, done, Math.min(bytes - done, 1 << 30), offset + done);
      if (bytesRead === 0) throw new LiftError('model-invalid', phrase`${file} ended while it was read.`);
      done += bytesRead;
    }
    return buffer;
  } finally {
    await handle.close();
  }
}
