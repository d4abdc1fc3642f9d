import { copyFile, mkdir, readFile, rename, rm, statfs, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { downloadedBytes, downloadFile } from './download-file';
import { ProgressMeter, type DownloadProgress } from './download-progress';
import { optionalFiles, repositoryFolder, requiredFiles } from './hub-cache';
import { listModel, type HubFile, type HubListing } from './hub-listing';
import type { HubConnection } from './hub-request';
import type { ModelConfig } from '../config/model-config';
import { parseModelConfig } from '../config/read-model-config';
import { isFile, parseWeightsIndex, singleWeightsName, weightsIndexName } from '../weight-files';

/** What is about to be downloaded, told before the weights are. */
export interface DownloadPlan {
  readonly id: string;
  readonly config: ModelConfig;
  /** Where the files go. */
  readonly folder: string;
  /** Bytes of the weights files, and how many of them are not yet here. */
  readonly totalBytes: number;
  readonly missingBytes: number;
}

export interface DownloadOptions {
  /** Told before the weights are downloaded; a LiftError thrown here ends the download (`cancelled` when people refuse). */
  readonly onPlan?: ((plan: DownloadPlan) => void | Promise<void>) | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Only the files that describe the model, not its weights, which may be of any format then. */
  readonly outline?: boolean;
}

/**
 * Downloads the files of a model that LIFT needs into the cache of the Hugging Face tools, in their layout: the content
 * in `blobs/` by checksum, the names in `snapshots/COMMIT/` as links, the commit of a revision in `refs/`. Small files
 * come first, so that a model that cannot be used costs no download of its weights.
 *
 * @returns the snapshot's folder
 * @throws `model-unsupported`, `network`, `unauthorized`, `model-not-found`, `disk-full`, `cancelled`
 */
export async function downloadModel(
  connection: HubConnection,
  revision: string,
  options: DownloadOptions,
): Promise<string> {
  const listing = await listModel(connection, revision);
  const repository = repositoryFolder(connection.cacheFolder, connection.id);
  const folder = join(repository, 'snapshots', listing.commit);
  await makeFolders(join(repository, 'blobs'), folder);
  const descriptions = smallFiles(connection.id, listing, options.outline ?? false);
  const fetchAll = async (files: readonly HubFile[], meter: ProgressMeter): Promise<void> => {
    for (const file of files) {
      const blob = join(repository, 'blobs', file.hash);
      const isHere = await isFile(blob);
      if (!isHere) {
        await downloadFile(connection, listing.commit, file, blob, (bytes) => {
          meter.update(file.path, bytes);
        });
      }
      meter.update(file.path, file.bytes);
      await link(blob, join(folder, file.path));
    }
  };
  await fetchAll(descriptions, new ProgressMeter(0, undefined));
  const configPath = join(folder, 'config.json');
  const config = parseModelConfig(await readFile(configPath, 'utf8'), configPath);

  const weights = options.outline ? [] : await weightFiles(listing, folder);
  const totalBytes = weights.reduce((total, { bytes }) => total + bytes, 0);
  let missingBytes = 0;
  for (const { hash, bytes } of weights)
    missingBytes += bytes - (await downloadedBytes(join(repository, 'blobs', hash)));
  if (weights.length > 0) await options.onPlan?.({ id: connection.id, config, folder, totalBytes, missingBytes });
  ensureSpace(missingBytes, await freeBytes(folder), folder, connection.id);
  await fetchAll(weights, new ProgressMeter(totalBytes, options.onProgress));
  if (revision !== listing.commit) {
    await makeFolders(dirname(join(repository, 'refs', revision)));
    await writeFileAtomically(join(repository, 'refs', revision), listing.commit);
  }
  return folder;
}

/** The files that describe the model. Throws `model-unsupported` when the hub has them not, or no usable weights. */
function smallFiles(id: string, { files }: HubListing, outline: boolean): HubFile[] {
  for (const name of requiredFiles) {
    if (files.has(name)) continue;
    throw new LiftError(
      'model-unsupported',
      phrase`The model ${id} has no ${name}.`,
      'Choose another model, for example HuggingFaceTB/SmolLM2-135M.',
    );
  }
  if (!outline && !files.has(singleWeightsName) && !files.has(weightsIndexName)) {
    throw new LiftError(
      'model-unsupported',
      phrase`The model ${id} has no weights in the safetensors format.`,
      'Choose another model, or convert it in Python with save_pretrained and name its folder.',
    );
  }
  const names = [...requiredFiles, ...optionalFiles, ...(files.has(singleWeightsName) ? [] : [weightsIndexName])];
  return names.flatMap((name) => files.get(name) ?? []);
}

async function weightFiles({ files }: HubListing, folder: string): Promise<HubFile[]> {
  const single = files.get(singleWeightsName);
  if (single) return [single];
  const index = join(folder, weightsIndexName);
  return parseWeightsIndex(await readFile(index, 'utf8'), index).map((name) => {
    const file = files.get(name);
    if (file) return file;
    throw new LiftError(
      'model-invalid',
      phrase`${index} names ${name}, and the hub has no such file.`,
      'Choose another model.',
    );
  });
}

/** Throws `disk-full` when a download would not fit. */
export function ensureSpace(neededBytes: number, free: number, folder: string, id: string): void {
  if (neededBytes <= free) return;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  throw new LiftError(
    'disk-full',
    phrase`${id} needs ${megabytes(neededBytes)} more on the disk of ${folder}, and ${megabytes(free)} are free.`,
    'Free some space, or choose another cache folder with HF_HUB_CACHE.',
  );
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function makeFolders(...folders: string[]): Promise<void> {
  try {
    for (const folder of folders) await mkdir(folder, { recursive: true });
  } catch (error) {
    throw LiftError.from(error);
  }
}

/** Makes `path` stand for the blob: a relative link, or where the system has none, a copy. */
async function link(blob: string, path: string): Promise<void> {
  if (await isFile(path)) return;
  await rm(path, { force: true });
  try {
    await symlink(relative(dirname(path), blob), path);
  } catch {
    const neighbour = `${path}.${process.pid}.tmp`;
    await copyFile(blob, neighbour);
    await rename(neighbour, path);
  }
}
