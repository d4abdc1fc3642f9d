import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { writeCompanionFiles } from './companion-files';
import type { ModelFolder, WeightType } from './model-folder';
import { readTensor } from './safetensors/read-safetensors';
import { singleWeightsName } from './weight-files';
import { writeSafetensors, type TensorData } from './safetensors/write-safetensors';

const typeNames: Readonly<Record<WeightType, string>> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' };

/**
 * Writes a model as a whole Hugging Face folder, such as one that was fully fine-tuned: its configuration, tokenizer and
 * `model.safetensors`. The folder is made where it is missing.
 *
 * @param base where everything comes from that `weights` does not replace
 * @param weights 32-bit values of replaced tensors, by canonical name
 * @param dtype how weights are stored: 32-bit keeps what was trained exactly
 * @throws `disk-full`, `file-unwritable`, `internal` for a weight that the model does not have
 */
export async function writeModelFolder(
  folder: string,
  base: ModelFolder,
  weights: ReadonlyMap<string, Float32Array>,
  dtype: WeightType = 'F32',
): Promise<void> {
  for (const name of weights.keys()) {
    if (!base.tensors.has(name)) throw new LiftError('internal', phrase`The model has no tensor "${name}".`);
  }
  const tensors = new Map<string, TensorData>();
  for (const [name, entry] of base.tensors) {
    tensors.set(name, { dtype, shape: entry.shape, data: weights.get(name) ?? (await readTensor(entry)) });
  }
  // Transformers 4 reads `torch_dtype`, 5 reads `dtype`; each ignores the other.
  const config = { ...base.config.raw, torch_dtype: typeNames[dtype], dtype: typeNames[dtype] };
  try {
    await mkdir(folder, { recursive: true });
    await writeCompanionFiles(base.path, folder);
    await writeSafetensors(join(folder, singleWeightsName), tensors);
    await writeFileAtomically(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  } catch (error) {
    throw LiftError.from(error);
  }
}
