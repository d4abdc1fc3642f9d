import type { ModelFolder } from '../../../src/core/model/model-folder';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import type { TensorData } from '../../../src/core/model/write-safetensors';
import { randomTensors, tinyLlama, writeTinyModel } from '../model/tiny-model';

/**
 * Writes a Llama with random weights into a folder: norms 1, matrices large enough that layers matter, and an embedding
 * (which is the head too) large enough that a token can be made certain.
 */
export async function tinyLanguageModel(folder: string, config: object = tinyLlama, seed = 0): Promise<ModelFolder> {
  const tensors = new Map<string, TensorData>();
  for (const [name, tensor] of randomTensors(config, 'F32', seed)) {
    const scale = name.includes('embed') ? 20 : 3;
    const data = Float32Array.from(tensor.data, (value) => (name.includes('norm') ? 1 : scale * value));
    tensors.set(name, { ...tensor, data });
  }
  await writeTinyModel(folder, config, tensors);
  return openModelFolder(folder);
}
