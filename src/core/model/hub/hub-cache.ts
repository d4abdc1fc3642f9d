import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFile, parseWeightsIndex, singleWeightsName, weightsIndexName } from '../weight-files';

/** What a model cannot be used without, besides its weights. */
export const requiredFiles = ['config.json', 'tokenizer.json'] as const;

/** What is used where a model has it. */
export const optionalFiles = [
  'generation_config.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
] as const;

/** The folder of one model in the cache of the Hugging Face tools: `blobs/`, `refs/`, `snapshots/`. */
export function repositoryFolder(cacheFolder: string, id: string): string {
  return join(cacheFolder, `models--${id.split('/').join('--')}`);
}

/** The folder of a revision as far as it was ever downloaded; of a name for which nothing is known, by that name. */
export async function snapshotFolder(repository: string, revision: string): Promise<string> {
  let commit = revision;
  try {
    commit = (await readFile(join(repository, 'refs', revision), 'utf8')).trim() || revision;
  } catch {
    // No reference: the revision is a commit itself, or was never downloaded.
  }
  return join(repository, 'snapshots', commit);
}

/** Any snapshot that is complete: another revision is better than none where there is no network. */
export async function completeSnapshot(repository: string): Promise<string | undefined> {
  let names: string[];
  try {
    names = await readdir(join(repository, 'snapshots'));
  } catch {
    return undefined;
  }
  for (const name of names.sort()) {
    const folder = join(repository, 'snapshots', name);
    if ((await missingFiles(folder)).length === 0) return folder;
  }
  return undefined;
}

/** The names of the files that a folder lacks to be a model. */
export async function missingFiles(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (const name of requiredFiles) if (!(await isFile(join(folder, name)))) missing.push(name);
  if (await isFile(join(folder, singleWeightsName))) return missing;
  const index = join(folder, weightsIndexName);
  if (!(await isFile(index))) return [...missing, singleWeightsName];
  const shards = parseWeightsIndex(await readFile(index, 'utf8'), index);
  for (const name of shards) if (!(await isFile(join(folder, name)))) missing.push(name);
  return missing;
}
