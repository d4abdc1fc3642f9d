import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../src/core/foundation/random';
import { openModelFolder } from '../src/core/model/open-model-folder';
import type { ModelFolder } from '../src/core/model/model-folder';
import { parseModelConfig } from '../src/core/model/config/read-model-config';
import { architectureTensors } from '../src/core/model/safetensors/tensor-shapes';
import { writeSafetensors } from '../src/core/model/safetensors/write-safetensors';

/** Configurations of well-known models; with random weights they cost the same time. */
const shapes = {
  gpt2: { model_type: 'gpt2', n_embd: 768, n_layer: 12, n_head: 12, n_positions: 1024, vocab_size: 50257 },
  smollm2: {
    model_type: 'llama',
    hidden_size: 576,
    intermediate_size: 1536,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
    vocab_size: 49152,
    max_position_embeddings: 8192,
    rope_theta: 100000,
    tie_word_embeddings: true,
  },
} as const;

export type ShapeName = keyof typeof shapes;

export function isShapeName(name: string): name is ShapeName {
  return name in shapes;
}

/** A folder with a model of this shape and random weights, made in `parent` where it is not there yet. */
export async function randomModel(name: ShapeName, parent: string): Promise<ModelFolder> {
  const folder = join(parent, name);
  try {
    return await openModelFolder(folder);
  } catch {
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify(shapes[name]);
  const random = new Random(1);
  const tensors = [...architectureTensors(parseModelConfig(text, folder))].map(([key, shape]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const data = Float32Array.from({ length }, () => (shape.length === 1 ? 1 : 0.02 * (2 * random.next() - 1)));
    return [key, { dtype: 'F32', shape, data }] as const;
  });
  await writeSafetensors(join(folder, 'model.safetensors'), new Map(tensors));
  await writeFile(join(folder, 'config.json'), text);
  return openModelFolder(folder);
}
