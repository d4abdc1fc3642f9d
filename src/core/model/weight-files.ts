import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { isRecord } from './config/config-fields';

export const singleWeightsName = 'model.safetensors';
export const weightsIndexName = 'model.safetensors.index.json';

/**
 * The weights files of a model folder, as real paths: `model.safetensors`, or the shards that its index names.
 * ONNX Runtime opens weights by their name in one folder, so all shards must really lie in one (the Hugging Face cache
 * links them from another folder, but from a single one).
 *
 * @throws `model-invalid` when there are none, a shard is missing, or they lie in several folders
 */
export async function findWeightFiles(folder: string): Promise<string[]> {
  const single = join(folder, singleWeightsName);
  if (await isFile(single)) return [await realpath(single)];
  const index = join(folder, weightsIndexName);
  if (!(await isFile(index))) throw await noWeights(folder);
  const names = parseWeightsIndex(await readFile(index, 'utf8'), index);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      if (await isFile(path)) return realpath(path);
      throw new LiftError(
        'model-invalid',
        phrase`${index} names ${name}, and ${path} does not exist.`,
        'Download it again.',
      );
    }),
  );
  const folders = new Set(files.map((file) => dirname(file)));
  if (folders.size === 1) return files;
  throw new LiftError(
    'model-invalid',
    phrase`The shards of ${folder} lie in different folders: ${[...folders].join(', ')}.`,
    'Put all files of the model into one folder.',
  );
}

/** The names of the shards in `model.safetensors.index.json`, sorted. Throws `model-invalid`. */
export function parseWeightsIndex(text: string, file: string): string[] {
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    throw new LiftError('model-invalid', phrase`${file} is not JSON.`, 'Download it again.');
  }
  const map = isRecord(index) && isRecord(index.weight_map) ? Object.values(index.weight_map) : [];
  const names = map.filter((name) => typeof name === 'string' && /^[\w.-]+\.safetensors$/.test(name)) as string[];
  if (names.length > 0 && names.length === map.length) return [...new Set(names)].sort();
  throw new LiftError(
    'model-invalid',
    phrase`${file} has no "weight_map" of .safetensors files.`,
    'Download it again.',
  );
}

export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function noWeights(folder: string): Promise<LiftError> {
  const pickled = await isFile(join(folder, 'pytorch_model.bin'));
  return new LiftError(
    'model-invalid',
    pickled
      ? phrase`${folder} holds its weights as pytorch_model.bin, and only safetensors files are read.`
      : phrase`${folder} holds neither ${singleWeightsName} nor ${weightsIndexName}.`,
    pickled
      ? 'Convert it in Python: AutoModelForCausalLM.from_pretrained(folder).save_pretrained(folder).'
      : 'Download the model again, or choose its folder.',
  );
}
