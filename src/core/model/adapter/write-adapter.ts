import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import type { Adapter } from './adapter';
import { adapterNamePrefix, adapterNameSuffix } from './read-adapter';
import { writeSafetensors, type TensorData } from '../safetensors/write-safetensors';

/**
 * Writes an adapter as PEFT does, so that `PeftModel.from_pretrained(base, folder)` loads it in Python. The folder is
 * made where it is missing. `all-linear` is written as the modules that the adapter holds, since PEFT does not combine
 * a text with `layers_to_transform`.
 *
 * @throws `disk-full`, `file-unwritable`, `file-unreadable`
 */
export async function writeAdapter(folder: string, { config, tensors }: Adapter): Promise<void> {
  const written = new Map<string, TensorData>();
  for (const [name, { shape, data }] of tensors) {
    written.set(`${adapterNamePrefix}${name}${adapterNameSuffix}`, { dtype: 'F32', shape, data });
  }
  const settings = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: config.base_model_name_or_path,
    r: config.r,
    lora_alpha: config.lora_alpha,
    lora_dropout: config.lora_dropout,
    target_modules: typeof config.target_modules === 'string' ? targetsOf(tensors.keys()) : config.target_modules,
    layers_to_transform: config.layers_to_transform,
    layers_pattern: null,
    fan_in_fan_out: config.fan_in_fan_out,
    bias: 'none',
    inference_mode: true,
    init_lora_weights: true,
    use_rslora: false,
    use_dora: false,
    rank_pattern: {},
    alpha_pattern: {},
    modules_to_save: null,
    revision: null,
  };
  try {
    await mkdir(folder, { recursive: true });
    await writeSafetensors(join(folder, 'adapter_model.safetensors'), written);
    await writeFileAtomically(join(folder, 'adapter_config.json'), `${JSON.stringify(settings, null, 2)}\n`);
  } catch (error) {
    throw LiftError.from(error);
  }
}

/** The names of modules from their block on (`attn.c_proj`), since the last part alone may name two modules. */
function targetsOf(names: Iterable<string>): string[] {
  const modules = Array.from(names, (name) => name.split('.').slice(-3, -1).join('.'));
  return [...new Set(modules)].sort();
}
