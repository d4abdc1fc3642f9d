import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { hashModel } from './model-hash';
import type { ModelFolder } from './model-folder';
import { nameTensors } from './safetensors/name-tensors';
import { parseModelConfig } from './config/read-model-config';
import { readSafetensorsHeader } from './safetensors/read-safetensors';
import { findWeightFiles, isFile } from './weight-files';

/**
 * Opens a model in the Hugging Face folder layout and validates all of it but the values of the weights, which are not
 * read: configuration, safetensors headers and sizes, tensor names, shapes and types.
 *
 * @throws `model-not-found` when there is no such folder, `model-invalid` or `model-unsupported` naming what is wrong
 */
export async function openModelFolder(path: string): Promise<ModelFolder> {
  const folder = resolve(path);
  const configPath = join(folder, 'config.json');
  if (!(await isFile(configPath))) throw await notAModel(folder);
  const configText = await readText(configPath);
  const config = parseModelConfig(configText, configPath);
  const files = await findWeightFiles(folder);
  const headers = await Promise.all(files.map((file) => readSafetensorsHeader(file)));
  const found = headers.flatMap(({ tensors }, index) => tensors.map((tensor) => ({ ...tensor, file: files[index]! })));
  const tensors = nameTensors(config, found, folder);
  const tokenizerPath = join(folder, 'tokenizer.json');
  const tokenizer = (await isFile(tokenizerPath)) ? await readText(tokenizerPath) : '';
  const weights = headers.map(({ header, bytes }, index) => ({ path: files[index]!, header, bytes }));
  return { path: folder, config, tensors, hash: await hashModel({ texts: [configText, tokenizer], weights }) };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw LiftError.from(error);
  }
}

async function notAModel(folder: string): Promise<LiftError> {
  let isFolder = false;
  try {
    isFolder = (await stat(folder)).isDirectory();
  } catch {
    // Said below: there is nothing at this path.
  }
  return isFolder
    ? new LiftError('model-invalid', phrase`${folder} holds no config.json.`, 'Choose a Hugging Face model folder.')
    : new LiftError('model-not-found', phrase`There is no model folder ${folder}.`, 'Check the path of the model.');
}
