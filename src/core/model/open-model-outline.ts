import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { hashModel } from './model-hash';
import type { ModelFolder } from './model-folder';
import { parseModelConfig } from './config/read-model-config';

/** Before the hash of a model that was opened without its weights. */
const outlinePrefix = 'outline-';

/**
 * Opens what describes a model, its configuration and tokenizer, whether or not its weights are there: enough to write
 * prompts as tokens for a model that is trained elsewhere. It has no tensors.
 *
 * @throws `model-not-found`, `model-invalid` or `model-unsupported` naming what is wrong
 */
export async function openModelOutline(path: string): Promise<ModelFolder> {
  const folder = resolve(path);
  const configPath = join(folder, 'config.json');
  const [configText, tokenizer] = await Promise.all([configPath, join(folder, 'tokenizer.json')].map(readText));
  const hash = await hashModel({ texts: [configText!, tokenizer!], weights: [] });
  const config = parseModelConfig(configText!, configPath);
  return { path: folder, config, tensors: new Map(), hash: `${outlinePrefix}${hash}` };
}

/** Whether a model is the one that a hash was taken of; of one without weights, as far as it could be told. */
export async function isSameModel(model: ModelFolder, hash: string): Promise<boolean> {
  if (model.hash === hash) return true;
  if (!hash.startsWith(outlinePrefix)) return false;
  return (await openModelOutline(model.path)).hash === hash;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const known = LiftError.from(error);
    if (known.code !== 'file-not-found') throw known;
    throw new LiftError(
      'model-not-found',
      phrase`There is no ${path}.`,
      'Choose a Hugging Face model with a tokenizer.json.',
    );
  }
}
