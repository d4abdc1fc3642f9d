import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../../../src/core/foundation/random';
import type { WeightType } from '../../../src/core/model/model-folder';
import { parseModelConfig } from '../../../src/core/model/config/read-model-config';
import { architectureTensors, countElements } from '../../../src/core/model/safetensors/tensor-shapes';
import { writeSafetensors, type TensorData } from '../../../src/core/model/safetensors/write-safetensors';

/** The configuration of a Llama of some thousand parameters. */
export const tinyLlama = {
  model_type: 'llama',
  hidden_size: 16,
  intermediate_size: 24,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 300,
  max_position_embeddings: 64,
  tie_word_embeddings: true,
  bos_token_id: 1,
  eos_token_id: 2,
} as const;

/** The configuration of a GPT-2 of some thousand parameters. */
export const tinyGpt2 = {
  model_type: 'gpt2',
  n_embd: 16,
  n_layer: 2,
  n_head: 2,
  vocab_size: 300,
  n_positions: 32,
} as const;

/** Random weights of every tensor that the configuration asks for, by canonical name. */
export function randomTensors(config: object, dtype: WeightType = 'F32', seed = 0): Map<string, TensorData> {
  const random = new Random(seed);
  const shapes = architectureTensors(parseModelConfig(JSON.stringify(config), 'config.json'));
  return new Map(
    [...shapes].map(([name, shape]) => {
      const data = Float32Array.from({ length: countElements(shape) }, () => Math.fround(random.normal() * 0.1));
      return [name, { dtype, shape, data }];
    }),
  );
}

/** Writes config.json and model.safetensors into a folder. */
export async function writeTinyModel(
  folder: string,
  config: object = tinyLlama,
  tensors = randomTensors(config),
): Promise<void> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  await writeSafetensors(join(folder, 'model.safetensors'), tensors);
}
