import type { ModelFolder } from '../../../src/core/model/model-folder';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import type { TensorData } from '../../../src/core/model/safetensors/write-safetensors';
import { randomTensors, tinyLlama, writeTinyModel } from '../model/tiny-model';

/**
 * Writes a Llama with random weights into a folder: norms 1, matrices large enough that layers matter, and an embedding
 * (which is the head too) large enough that a token can be made certain.
 * @param norms the weights of all norms; NaN for a damaged model
 */
export async function tinyLanguageModel(folder: string, norms = 1): Promise<ModelFolder> {
  const tensors = new Map<string, TensorData>();
  for (const [name, tensor] of randomTensors(tinyLlama)) {
    const scale = name.includes('embed') ? 20 : 3;
    const data = Float32Array.from(tensor.data, (value) => (name.includes('norm') ? norms : scale * value));
    tensors.set(name, { ...tensor, data });
  }
  await writeTinyModel(folder, tinyLlama, tensors);
  return openModelFolder(folder);
}
