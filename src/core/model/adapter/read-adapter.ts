import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import type { Adapter, AdapterConfig, AdapterTensor } from './adapter';
import { isRecord } from '../config/config-fields';
import type { WeightType } from '../model-folder';
import { readSafetensorsHeader, readTensor } from '../safetensors/read-safetensors';

/** PEFT writes the name of a matrix between these. */
export const adapterNamePrefix = 'base_model.model.';
export const adapterNameSuffix = '.weight';

/** Features of PEFT that change what an adapter computes; each is off when it holds one of these values. */
const mustBeOff = [
  'use_dora',
  'use_qalora',
  'use_bdlora',
  'lora_bias',
  'modules_to_save',
  'rank_pattern',
  'alpha_pattern',
  'layer_replication',
  'trainable_token_indices',
  'target_parameters',
  'alora_invocation_tokens',
  'arrow_config',
  'kasa_config',
  'monteclora_config',
  'velora_config',
];

/**
 * Reads an adapter in the folder layout of PEFT: `adapter_config.json` and `adapter_model.safetensors`. A rank-stabilised
 * adapter (`use_rslora`) becomes a plain one with the same effect.
 *
 * @throws `adapter-invalid` when a file is missing, damaged, or of a method other than plain LoRA
 */
export async function readAdapter(folder: string): Promise<Adapter> {
  try {
    const config = parseAdapterConfig(await readFile(join(folder, 'adapter_config.json'), 'utf8'), folder);
    return { config, tensors: await readMatrices(join(folder, 'adapter_model.safetensors')) };
  } catch (error) {
    const known = LiftError.from(error);
    if (known.code === 'adapter-invalid' || known.code === 'internal') throw known;
    throw new LiftError(
      'adapter-invalid',
      phrase`The adapter in ${folder} cannot be read: ${known.said.message}`,
      known.said.hint,
      {
        cause: error,
      },
    );
  }
}

async function readMatrices(file: string): Promise<Map<string, AdapterTensor>> {
  const tensors = new Map<string, AdapterTensor>();
  const header = await readSafetensorsHeader(file);
  for (const { name, dtype, shape, offset, bytes } of header.tensors) {
    const inner = name.startsWith(adapterNamePrefix) ? name.slice(adapterNamePrefix.length) : name;
    if (!/\.lora_[AB]\.weight$/.test(inner))
      throw invalid(phrase`${basename(file)} holds "${name}", which is no LoRA matrix`);
    if (!isWeightType(dtype)) throw invalid(phrase`"${name}" is stored as ${dtype}, and must be F32, F16 or BF16`);
    const data = await readTensor({ file, dtype, shape, offset, bytes });
    tensors.set(inner.slice(0, -adapterNameSuffix.length), { shape, data });
  }
  if (tensors.size === 0) throw invalid(phrase`${file} holds no tensors`);
  return tensors;
}

function parseAdapterConfig(text: string, folder: string): AdapterConfig {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    throw invalid(phrase`${join(folder, 'adapter_config.json')} is not JSON`);
  }
  if (!isRecord(config)) throw invalid(phrase`${join(folder, 'adapter_config.json')} does not hold a JSON object`);
  if (config.peft_type !== 'LORA') throw invalid(phrase`its method is ${JSON.stringify(config.peft_type)}, not LORA`);
  for (const name of mustBeOff)
    if (isOn(config[name])) throw invalid(phrase`it uses "${name}", which is not supported`);
  if ((config.bias ?? 'none') !== 'none') throw invalid(phrase`it trains biases ("bias"), which is not supported`);
  const {
    r,
    lora_alpha: alpha,
    target_modules: targets,
    layers_to_transform: layers,
    base_model_name_or_path,
  } = config;
  if (typeof r !== 'number' || !Number.isInteger(r) || r < 1)
    throw invalid(phrase`"r" must be a whole number of at least 1`);
  if (typeof alpha !== 'number' || !Number.isFinite(alpha)) throw invalid(phrase`"lora_alpha" must be a number`);
  return {
    r,
    // Scaled by alpha / √r instead of alpha / r (Kalajdzievski, 2023, arXiv:2312.03732).
    lora_alpha: config.use_rslora === true ? alpha * Math.sqrt(r) : alpha,
    lora_dropout: typeof config.lora_dropout === 'number' ? config.lora_dropout : 0,
    target_modules: readTargets(targets),
    layers_to_transform: readLayers(layers),
    fan_in_fan_out: config.fan_in_fan_out === true,
    base_model_name_or_path: typeof base_model_name_or_path === 'string' ? base_model_name_or_path : '',
  };
}

function readTargets(targets: unknown): readonly string[] | string {
  if (typeof targets === 'string') return targets;
  if (Array.isArray(targets) && targets.every((name) => typeof name === 'string')) return targets;
  throw invalid(phrase`"target_modules" must be a text or a list of texts`);
}

function readLayers(layers: unknown): readonly number[] | null {
  if (layers === undefined || layers === null) return null;
  const list: unknown[] = Array.isArray(layers) ? layers : [layers];
  if (list.every((layer) => Number.isInteger(layer))) return list as number[];
  throw invalid(phrase`"layers_to_transform" must be a layer number or a list of them`);
}

function isOn(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return typeof value === 'object' ? Object.keys(value).length > 0 : true;
}

function isWeightType(dtype: string): dtype is WeightType {
  return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16';
}

function invalid(reason: Phrase): LiftError {
  return new LiftError(
    'adapter-invalid',
    phrase`The adapter cannot be used: ${reason}.`,
    'Use a LoRA adapter as LIFT or PEFT writes it.',
  );
}
