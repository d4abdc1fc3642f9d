import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelCache } from '../../../src/extension/recipe/model-cache';

let home: string;
let requests: string[];
let stopHub: () => Promise<unknown>;
let models: ModelCache;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lift-model-cache-'));
  requests = [];
  const hub = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  stopHub = () => new Promise((resolve) => hub.close(resolve));
  const { port } = hub.address() as AddressInfo;
  models = new ModelCache(() => ({ HF_HOME: home, HF_ENDPOINT: `http://127.0.0.1:${port}` }), home);
});

afterEach(async () => {
  await stopHub();
  await rm(home, { recursive: true });
});

async function putIntoCache(id: string): Promise<void> {
  const snapshot = join(home, 'hub', `models--${id.replace('/', '--')}`, 'snapshots', 'main');
  await mkdir(snapshot, { recursive: true });
  await cp('base-model', snapshot, { recursive: true });
}

describe('ModelCache', () => {
  it('opens the embedded model', async () => {
    const model = await models.open('embedded');
    expect(model!.tokenizer.encode('A1').length).toBeGreaterThan(0);
  });

  it('asks nobody for a model of the hub that is not on this computer, and takes it once it is', async () => {
    expect(await models.open('people/model')).toBeUndefined();
    await putIntoCache('people/model');
    expect(await models.open('people/model')).toBeDefined();
    expect(requests).toEqual([]);
  });

  it('looks for a relative folder beside the recipe', async () => {
    await cp('base-model', join(home, 'mine'), { recursive: true });
    expect((await models.open('./mine'))!.folder.path).toBe(join(home, 'mine'));
  });

  it('says what is wrong with a folder that holds no model, without asking the hub', async () => {
    await expect(models.open(join(home, 'nothing'))).rejects.toMatchObject({ code: 'model-not-found' });
    expect(requests).toEqual([]);
  });
});
