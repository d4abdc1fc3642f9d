import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { ModelConfig } from '../config/model-config';
import type { TensorEntry, WeightType } from '../model-folder';
import type { HeaderTensor } from './safetensors-header';
import { architectureTensors, bodyPrefixes } from './tensor-shapes';

/** A tensor of a header and the real path of its file. */
export interface FoundTensor extends HeaderTensor {
  readonly file: string;
}

/**
 * The tensors of an architecture, by their names in the causal language model classes of transformers. Some files leave
 * out the prefix of the body (`h.0…` for `transformer.h.0…`); what the architecture does not have is left out.
 *
 * @throws `model-invalid` naming the tensors that are missing, of another shape, or not of floats
 */
export function nameTensors(
  config: ModelConfig,
  found: readonly FoundTensor[],
  folder: string,
): ReadonlyMap<string, TensorEntry> {
  const byName = new Map(found.map((tensor) => [tensor.name, tensor]));
  const prefix = bodyPrefixes[config.modelType];
  const tensors = new Map<string, TensorEntry>();
  const missing: string[] = [];
  for (const [name, shape] of architectureTensors(config)) {
    // Transformers 5 calls the head of GPT-NeoX `lm_head` in memory and `embed_out` in files.
    const alias = name === 'embed_out.weight' ? 'lm_head.weight' : name.replace(prefix, '');
    const tensor = byName.get(name) ?? byName.get(alias);
    if (tensor === undefined) {
      missing.push(name);
      continue;
    }
    if (tensor.shape.join() !== shape.join()) {
      throw new LiftError(
        'model-invalid',
        phrase`${tensor.file}: "${tensor.name}" has the shape [${tensor.shape.join(', ')}], and config.json asks for [${shape.join(', ')}].`,
        'The weights and the config.json belong to different models; download both again.',
      );
    }
    const { file, offset, bytes } = tensor;
    tensors.set(name, { file, dtype: weightType(tensor), shape, offset, bytes });
  }
  if (missing.length > 0) throw missingTensors(missing, folder);
  return tensors;
}

function weightType({ file, name, dtype }: FoundTensor): WeightType {
  switch (dtype) {
    case 'F32':
    case 'F16':
    case 'BF16':
      return dtype;
    default:
      throw new LiftError(
        'model-unsupported',
        phrase`${file}: "${name}" is stored as ${dtype}, and weights must be F32, F16 or BF16.`,
        'Choose a model that is not quantised.',
      );
  }
}

function missingTensors(missing: readonly string[], folder: string): LiftError {
  const some = missing.slice(0, 5).join(', ');
  const shown = missing.length > 5 ? phrase`${some} and ${missing.length - 5} more` : some;
  return new LiftError(
    'model-invalid',
    missing.length === 1
      ? phrase`The weights in ${folder} lack the tensor ${shown}.`
      : phrase`The weights in ${folder} lack the tensors ${shown}.`,
    'The download is incomplete or of another architecture than its config.json says; download it again.',
  );
}
