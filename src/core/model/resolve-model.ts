import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { downloadModel, type DownloadOptions } from './hub/download-model';
import { completeSnapshot, missingFiles, repositoryFolder, requiredFiles, snapshotFolder } from './hub/hub-cache';
import { offlineError } from './hub/hub-errors';
import { usualRetries, type HubConnection, type RetryPolicy } from './hub/hub-request';
import { readHubSettings, type Environment } from './hub/hub-settings';
import type { ModelFolder } from './model-folder';
import { openModelFolder } from './open-model-folder';
import { openModelOutline } from './open-model-outline';
import { findPackageRoot } from './package-root';
import { isFile } from './weight-files';

/** The id of the model that comes with LIFT. */
export const embeddedModelId = 'embedded';

export interface ResolveOptions extends DownloadOptions {
  /** The cache of the Hugging Face tools; by default where they have it. */
  readonly cacheFolder?: string;
  /** For gated and private models; by default HF_TOKEN. Sent to the hub only. */
  readonly token?: string;
  /** Use nothing but what is on this computer; by default HF_HUB_OFFLINE. */
  readonly offline?: boolean;
  /** A branch, tag or commit of the hub. */
  readonly revision?: string;
  /** What relative folders are relative to; by default the current folder. */
  readonly baseFolder?: string;
  /** The folder that holds `base-model/`; by default that of the installed package. */
  readonly packageRoot?: string;
  readonly environment?: Environment;
  readonly retries?: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
  /** Do without the weights: of a hub model only what describes it is downloaded. */
  readonly outline?: boolean;
}

/**
 * Finds a model and opens it: `embedded`; a folder; or an id of the Hugging Face hub, which is looked for in the cache of
 * the Hugging Face tools and downloaded when it is not there. What is complete in the cache needs no network.
 *
 * @throws `model-not-found`, `model-unsupported`, `model-invalid`; `network` when a download fails, naming the files and
 *   the folder to put them into; `unauthorized`, `disk-full`, `cancelled`
 */
export async function resolveModel(id: string, options: ResolveOptions = {}): Promise<ModelFolder> {
  const open = options.outline ? openModelOutline : openModelFolder;
  if (id === embeddedModelId) return openEmbedded(options.packageRoot ?? findPackageRoot());
  const expanded = id.startsWith('~/') ? join(homedir(), id.slice(2)) : id;
  const folder = resolve(options.baseFolder ?? '.', expanded);
  if (!isHubId(id) || (await isFile(join(folder, 'config.json')))) return open(folder);
  return open(await resolveHubModel(id, options));
}

/** Whether a model would have to be downloaded: an id of the hub, of which not everything is on this computer. */
export async function isDownloadNeeded(id: string, options: ResolveOptions = {}): Promise<boolean> {
  if (id === embeddedModelId || !isHubId(id)) return false;
  if (await isFile(join(resolve(options.baseFolder ?? '.', id), 'config.json'))) return false;
  const { cacheFolder } = readHubSettings(options, options.environment ?? process.env);
  const repository = repositoryFolder(cacheFolder, id);
  const snapshot = await snapshotFolder(repository, options.revision ?? 'main');
  return (await missingFiles(snapshot)).length > 0 && (await completeSnapshot(repository)) === undefined;
}

async function resolveHubModel(id: string, options: ResolveOptions): Promise<string> {
  const settings = readHubSettings(options, options.environment ?? process.env);
  const { retries = usualRetries, signal, revision = 'main' } = options;
  const connection: HubConnection = { ...settings, id, retries, signal };
  const repository = repositoryFolder(settings.cacheFolder, id);
  const snapshot = await snapshotFolder(repository, revision);
  const lacking = await missingFiles(snapshot);
  const missing = options.outline ? lacking.filter((name) => isRequired(name)) : lacking;
  if (missing.length === 0) return snapshot;
  let failure: LiftError | undefined;
  if (!settings.offline) {
    try {
      return await downloadModel(connection, revision, options);
    } catch (error) {
      failure = LiftError.from(error);
      if (failure.code !== 'network') throw failure;
    }
  }
  const other = options.revision === undefined ? await completeSnapshot(repository) : undefined;
  if (other !== undefined) return other;
  throw offlineError(id, settings.endpoint, missing, snapshot, failure);
}

async function openEmbedded(packageRoot: string): Promise<ModelFolder> {
  const folder = join(packageRoot, 'base-model');
  if (await isFile(join(folder, 'config.json'))) return openModelFolder(folder);
  throw new LiftError(
    'model-not-found',
    phrase`The embedded model is missing: there is no ${join(folder, 'config.json')}.`,
    'Install LIFT again, or choose another model.',
  );
}

/** Whether a model cannot be described without this file. */
function isRequired(name: string): boolean {
  return requiredFiles.some((required) => required === name);
}

/** `name` or `organisation/name` as the hub allows it; anything else is a path. */
function isHubId(id: string): boolean {
  return /^(?!\.)[\w.-]{1,96}(?:\/(?!\.)[\w.-]{1,96})?$/.test(id);
}
