import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ModelFolder } from '../../model/model-folder';
import { isFile, parseWeightsIndex, singleWeightsName, weightsIndexName } from '../../model/weight-files';
import type { ExportedFiles } from './files';

/** How the job gets its model: `model` of job.json, and the files that go with it. */
export interface ExportedModel {
  readonly model: Readonly<Record<string, unknown>>;
  readonly files: ExportedFiles;
  readonly warnings: readonly string[];
}

/**
 * A model of the hub is loaded by the cluster itself, in the revision that is on this machine. One in a folder, or the
 * embedded one, is sent when its weights have at most `most` bytes; else the cluster must have it at the same path.
 */
export async function exportModel(id: string, { path, config }: ModelFolder, most: number): Promise<ExportedModel> {
  const parameters = config.parameterCount;
  if (basename(dirname(path)) === 'snapshots') {
    const revision = basename(path);
    return { model: { kind: 'hub', id, revision, parameters }, files: new Map(), warnings: [] };
  }
  const weights = await weightNames(path);
  const sizes = await Promise.all(weights.map(async (name) => (await stat(join(path, name))).size));
  if (weights.length === 0 || sizes.reduce((sum, size) => sum + size, 0) > most) {
    const why = weights.length === 0 ? 'has no weights here' : 'is too large to be sent';
    const warnings = [`The model folder ${why}: the cluster must have it at ${path} on every node.`];
    return { model: { kind: 'path', id: path, parameters }, files: new Map(), warnings };
  }
  const files: ExportedFiles = new Map();
  for (const name of ['config.json', 'generation_config.json', weightsIndexName, ...weights]) {
    if (await isFile(join(path, name))) files.set(`model/${name}`, await readFile(join(path, name)));
  }
  return { model: { kind: 'package', parameters }, files, warnings: [] };
}

async function weightNames(path: string): Promise<string[]> {
  if (await isFile(join(path, singleWeightsName))) return [singleWeightsName];
  const index = join(path, weightsIndexName);
  return (await isFile(index)) ? parseWeightsIndex(await readFile(index, 'utf8'), index) : [];
}
