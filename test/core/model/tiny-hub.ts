import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ModelFolder } from '../../../src/core/model/model-folder';
import { resolveModel, type ResolveOptions } from '../../../src/core/model/resolve-model';
import { FakeHub } from './fake-hub';
import { temporaryFolders } from './temporary-folder';
import { writeTinyModel } from './tiny-model';
import { byteLevelTokenizer } from './tiny-tokenizer';

/** The tiny model on a hub of its own, and an empty cache: both new for every test. */
export interface TinyHub {
  readonly id: string;
  hub: FakeHub;
  /** The folder of the model in the cache. */
  repository: string;
  /** Where its weights go. */
  blob: string;
  get(options?: ResolveOptions, id?: string): Promise<ModelFolder>;
}

export const quickRetries = { tries: 3, firstPause: 1, stall: 300 };

export function tinyHub(): TinyHub {
  const newFolder = temporaryFolders();
  let cache = '';
  const tiny = {
    id: 'org/tiny',
    repository: '',
    blob: '',
    get: (options = {}, id = tiny.id) => {
      const environment = { HF_ENDPOINT: tiny.hub.endpoint };
      return resolveModel(id, { cacheFolder: cache, environment, retries: quickRetries, ...options });
    },
  } as TinyHub;
  beforeEach(async () => {
    const hub = await FakeHub.start(tiny.id);
    const folder = await newFolder();
    await writeTinyModel(folder);
    for (const name of ['config.json', 'model.safetensors']) hub.files.set(name, await readFile(join(folder, name)));
    hub.files.set('tokenizer.json', Buffer.from(JSON.stringify(byteLevelTokenizer([]))));
    hub.files.set('tokenizer_config.json', Buffer.from('{}'));
    hub.files.set('README.md', Buffer.from('# Tiny'));
    hub.files.set('pytorch_model.bin', Buffer.alloc(100));
    cache = await newFolder();
    tiny.hub = hub;
    tiny.repository = join(cache, 'models--org--tiny');
    tiny.blob = join(tiny.repository, 'blobs', hub.hash('model.safetensors'));
  });
  afterEach(() => tiny.hub.stop());
  return tiny;
}
