import { open } from 'node:fs/promises';
import { LiftError } from '../foundation/lift-error';
import type { Adapter, AdapterTensor } from '../model/adapter';
import type { ModelFolder, TensorEntry } from '../model/model-folder';
import { readTensor } from '../model/read-safetensors';
import type { WeightSource } from './weights-file';

/**
 * The weights of a model with an adapter merged in: W + (alpha / r) · B A (Hu et al., 2021, §4.1), or its transpose where
 * the layer stores [in, out]. Merged matrices become F32, so that nothing of the adapter is lost to rounding; all others
 * keep their stored type and bits.
 * Throws `adapter-invalid` when the adapter has a matrix for a layer that the model lacks.
 */
export function mergedWeights(model: ModelFolder, adapter: Adapter | undefined): WeightSource[] {
  const pairs = new Map(adapter ? pairsOf(adapter, model) : []);
  return [...model.tensors].map(([name, entry]) => {
    const pair = pairs.get(name);
    if (!pair) return { name, dtype: entry.dtype, shape: entry.shape, bytes: entry.bytes, read: () => rawBytes(entry) };
    return {
      name,
      dtype: 'F32',
      shape: entry.shape,
      bytes: 4 * entry.shape.reduce((product, size) => product * size, 1),
      read: async () => {
        const merged = addProduct(await readTensor(entry), pair);
        return new Uint8Array(merged.buffer, merged.byteOffset, merged.byteLength);
      },
    };
  });
}

interface Pair {
  readonly a: AdapterTensor;
  readonly b: AdapterTensor;
  readonly scale: number;
  readonly transposed: boolean;
}

function* pairsOf({ config, tensors }: Adapter, model: ModelFolder): Generator<[string, Pair]> {
  for (const [name, a] of tensors) {
    if (!name.endsWith('.lora_A')) continue;
    const module = name.slice(0, -'.lora_A'.length);
    const b = tensors.get(`${module}.lora_B`);
    const weight = `${module}.weight`;
    if (!b || !model.tensors.has(weight)) {
      throw new LiftError(
        'adapter-invalid',
        `The adapter has a matrix for ${module}, which ${b ? 'the model lacks' : 'has no second one'}.`,
        'The adapter belongs to another model.',
      );
    }
    yield [weight, { a, b, scale: config.lora_alpha / config.r, transposed: config.fan_in_fan_out }];
  }
}

/** Adds scale · B A to a weight [out, in], or its transpose to one [in, out], in place. */
function addProduct(weight: Float32Array, { a, b, scale, transposed }: Pair): Float32Array {
  const [rank, inputs] = [a.shape[0]!, a.shape[1]!];
  const outputs = b.shape[0]!;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      let sum = 0;
      for (let index = 0; index < rank; index++)
        sum += b.data[output * rank + index]! * a.data[index * inputs + input]!;
      weight[transposed ? input * outputs + output : output * inputs + input]! += scale * sum;
    }
  }
  return weight;
}

async function rawBytes({ file, offset, bytes }: TensorEntry): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(bytes);
    let done = 0;
    while (done < bytes) {
      const { bytesRead } = await handle.read(buffer, done, Math.min(bytes - done, 1 << 30), offset + done);
      if (bytesRead === 0) throw new LiftError('model-invalid', `${file} ended while it was read.`);
      done += bytesRead;
    }
    return buffer;
  } finally {
    await handle.close();
  }
}
