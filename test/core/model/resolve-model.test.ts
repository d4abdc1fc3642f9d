import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { ensureSpace, type DownloadPlan } from '../../../src/core/model/download-model';
import { ProgressMeter, type DownloadProgress } from '../../../src/core/model/download-progress';
import { readHubSettings } from '../../../src/core/model/hub-settings';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { findPackageRoot } from '../../../src/core/model/package-root';
import { resolveModel, type ResolveOptions } from '../../../src/core/model/resolve-model';
import { writeSafetensors } from '../../../src/core/model/write-safetensors';
import { FakeHub } from './fake-hub';
import { temporaryFolders } from './temporary-folder';
import { randomTensors, tinyLlama, writeTinyModel } from './tiny-model';
import { byteLevelTokenizer } from './tiny-tokenizer';

const newFolder = temporaryFolders();
const retries = { tries: 3, firstPause: 1, stall: 300 };
const id = 'org/tiny';

let hub: FakeHub;
let cache: string;
let repository: string;
let blob: string;

beforeEach(async () => {
  hub = await FakeHub.start(id);
  const folder = await newFolder();
  await writeTinyModel(folder);
  for (const name of ['config.json', 'model.safetensors']) hub.files.set(name, await readFile(join(folder, name)));
  hub.files.set('tokenizer.json', Buffer.from(JSON.stringify(byteLevelTokenizer([]))));
  hub.files.set('tokenizer_config.json', Buffer.from('{}'));
  hub.files.set('README.md', Buffer.from('# Tiny'));
  hub.files.set('pytorch_model.bin', Buffer.alloc(100));
  cache = await newFolder();
  repository = join(cache, 'models--org--tiny');
  blob = join(repository, 'blobs', hub.hash('model.safetensors'));
});

afterEach(() => hub.stop());

function get(options: ResolveOptions = {}, name = id): ReturnType<typeof resolveModel> {
  return resolveModel(name, { cacheFolder: cache, environment: { HF_ENDPOINT: hub.endpoint }, retries, ...options });
}

describe('a model of the hub', () => {
  it('is downloaded into the layout of the Hugging Face cache, with what is needed and no more', async () => {
    const model = await get();
    expect(model.path).toBe(join(repository, 'snapshots', hub.commit));
    expect(model.config.modelType).toBe('llama');
    const names = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];
    expect((await readdir(model.path)).sort()).toEqual(names);
    expect((await readdir(join(repository, 'blobs'))).sort()).toEqual(names.map((name) => hub.hash(name)).sort());
    expect(await readFile(join(repository, 'refs', 'main'), 'utf8')).toBe(hub.commit);
    expect((await lstat(join(model.path, 'config.json'))).isSymbolicLink()).toBe(true);
    expect(await readlink(join(model.path, 'config.json'))).toBe(join('..', '..', 'blobs', hub.hash('config.json')));
    expect(model.tensors.get('model.norm.weight')?.file).toBe(blob);
  });

  it('is not asked for again when it is complete', async () => {
    await get();
    hub.requests.length = 0;
    await get();
    await get({ offline: true });
    expect(hub.requests).toEqual([]);
  });

  it('is downloaded shard by shard, as its index says', async () => {
    hub.files.delete('model.safetensors');
    const tensors = [...randomTensors(tinyLlama)];
    const map: Record<string, string> = {};
    const folder = await newFolder();
    for (const [index, part] of [tensors.slice(0, 5), tensors.slice(5)].entries()) {
      const name = `model-0000${index + 1}-of-00002.safetensors`;
      await writeSafetensors(join(folder, name), new Map(part));
      hub.files.set(name, await readFile(join(folder, name)));
      for (const [tensor] of part) map[tensor] = name;
    }
    hub.files.set('model.safetensors.index.json', Buffer.from(JSON.stringify({ weight_map: map })));
    const model = await get();
    expect(model.tensors.size).toBe(tensors.length);
    await rm(join(model.path, 'model-00002-of-00002.safetensors'));
    await expect(get({ offline: true })).rejects.toMatchObject({
      hint: expect.stringContaining('Download model-00002-of-00002.safetensors from') as string,
    });
  });

  it('goes on where a cut connection ended', async () => {
    await get({ onPlan: () => void hub.faults.push({ kind: 'cut', after: 4000 }, { kind: 'cut', after: 3000 }) });
    expect(hub.rangesOf('model.safetensors')).toEqual([undefined, 'bytes=4000-', 'bytes=7000-']);
  });

  it('goes on with what an earlier program left, also when the server starts over', async () => {
    const content = hub.files.get('model.safetensors')!;
    await mkdir(join(repository, 'blobs'), { recursive: true });
    await writeFile(`${blob}.incomplete`, content.subarray(0, 9000));
    const plans: DownloadPlan[] = [];
    const onPlan = (plan: DownloadPlan): void => {
      plans.push(plan);
      hub.faults.push({ kind: 'ignore-range' });
    };
    await get({ onPlan });
    expect(plans).toMatchObject([{ id, totalBytes: content.length, missingBytes: content.length - 9000 }]);
    expect(plans[0]!.config.parameterCount).toBeGreaterThan(1000);
    expect(hub.rangesOf('model.safetensors')).toEqual(['bytes=9000-']);
    expect(existsSync(`${blob}.incomplete`)).toBe(false);
  });

  it.each([
    ['is longer than the file', (content: Buffer) => Buffer.concat([content, content])],
    ['has other content', (content: Buffer) => Buffer.alloc(content.length)],
    ['is damaged at its beginning', (content: Buffer) => Buffer.from(content.subarray(0, 5000)).fill(1, 0, 8)],
  ])('is downloaded anew when what was left %s', async (_, change) => {
    await mkdir(join(repository, 'blobs'), { recursive: true });
    await writeFile(`${blob}.incomplete`, change(hub.files.get('model.safetensors')!));
    await get();
    expect(await readFile(blob)).toEqual(hub.files.get('model.safetensors'));
  });

  it('is refused when it twice arrives with another checksum', async () => {
    const onPlan = (): void => void hub.faults.push({ kind: 'damage' }, { kind: 'damage' });
    await expect(get({ onPlan })).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('arrived damaged twice') as string,
    });
    expect(await readdir(join(repository, 'blobs'))).not.toContain(hub.hash('model.safetensors'));
    await get();
  });

  it('survives passing failures of the server', async () => {
    hub.apiFaults.push(
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    );
    hub.faults.push({ kind: 'status', status: 500 });
    await get();
  });

  it('says that the server asks to wait when it keeps doing so', async () => {
    for (let count = 0; count < 3; count++)
      hub.apiFaults.push({ kind: 'status', status: 429, headers: { 'retry-after': '0' } });
    await expect(get()).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('asks to wait') as string,
    });
  });

  it('goes on after a connection that brings nothing more', async () => {
    await get({ onPlan: () => void hub.faults.push({ kind: 'stall', after: 2000 }) });
    expect(hub.rangesOf('model.safetensors')).toEqual([undefined, 'bytes=2000-']);
  });

  it('shares finished files with other revisions and other programs', async () => {
    await get();
    await rm(join(repository, 'snapshots'), { recursive: true });
    hub.requests.length = 0;
    await get();
    expect(hub.requests.filter(({ path }) => !path.startsWith('/api/'))).toEqual([]);
  });

  it('is unsupported before its weights are downloaded', async () => {
    hub.files.set('config.json', Buffer.from('{"model_type":"bert"}'));
    await expect(get()).rejects.toMatchObject({ code: 'model-unsupported' });
    expect(hub.rangesOf('model.safetensors')).toEqual([]);
  });

  it.each([
    ['tokenizer.json', /no tokenizer\.json/],
    ['model.safetensors', /no weights in the safetensors format/],
  ])('is unsupported without %s', async (name, message) => {
    hub.files.delete(name);
    await expect(get()).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringMatching(message) as string,
    });
  });

  it('costs nothing when the plan is refused', async () => {
    const refusal = new LiftError('cancelled', 'Too large for today.');
    const onPlan = (): never => {
      throw refusal;
    };
    await expect(get({ onPlan })).rejects.toBe(refusal);
    expect(hub.rangesOf('model.safetensors')).toEqual([]);
  });
});

describe('progress and cancellation', () => {
  it('reports bytes up to the last one', async () => {
    const seen: DownloadProgress[] = [];
    await get({ onProgress: (progress) => seen.push(progress) });
    const total = hub.files.get('model.safetensors')!.length;
    expect(seen.at(-1)).toMatchObject({ file: 'model.safetensors', bytes: total, totalBytes: total, secondsLeft: 0 });
    expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(({ bytes }) => bytes).sort((a, b) => a - b));
  });

  it('measures the speed without what was already there', () => {
    let time = 0;
    const seen: DownloadProgress[] = [];
    const meter = new ProgressMeter(
      1000,
      (progress) => seen.push(progress),
      () => time,
    );
    meter.update('a', 500);
    for (time = 10; time <= 1000; time += 10) meter.update('a', 500 + time / 10);
    expect(seen.length).toBeLessThanOrEqual(11);
    expect(seen[0]).toMatchObject({ bytes: 500, bytesPerSecond: undefined, secondsLeft: undefined });
    expect(seen.at(-1)!.bytesPerSecond).toBeCloseTo(100);
    expect(seen.at(-1)!.secondsLeft).toBeCloseTo((1000 - seen.at(-1)!.bytes) / 100);
  });

  it('stops a download at once and keeps what came', async () => {
    const abort = new AbortController();
    hub.files.set('model.safetensors', Buffer.alloc(4_000_000));
    const onPlan = (): void => void hub.faults.push({ kind: 'stall', after: 50_000 });
    const onProgress = ({ bytes }: DownloadProgress): void => {
      if (bytes > 0) abort.abort();
    };
    const patient = { ...retries, stall: 600_000 };
    await expect(get({ onPlan, onProgress, signal: abort.signal, retries: patient })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const left = (await readdir(join(repository, 'blobs'))).filter((name) => name.endsWith('.incomplete'));
    expect(left).toEqual([`${hub.hash('model.safetensors')}.incomplete`]);
  });

  it('stops during a pause between tries', async () => {
    const abort = new AbortController();
    hub.apiFaults.push({ kind: 'status', status: 503 });
    const waiting = get({ signal: abort.signal, retries: { ...retries, firstPause: 600_000 } });
    const stopped = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    while (hub.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    abort.abort();
    await stopped;
  });
});

describe('access', () => {
  it('sends the token to the hub, and not to where files are stored', async () => {
    hub.token = 'hf_secret';
    await get({ token: 'hf_secret' });
    const stored = hub.requests.filter(({ path }) => path.startsWith('/storage/'));
    expect(stored).toHaveLength(1);
    expect(stored[0]!.authorization).toBeUndefined();
    const others = hub.requests.filter(({ path }) => !path.startsWith('/storage/'));
    expect(new Set(others.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer hf_secret']));
  });

  it('explains what a gated model asks for', async () => {
    hub.token = 'hf_secret';
    await expect(get()).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/gated model: its licence must be accepted and an access token given/) as string,
      hint: expect.stringContaining(`${hub.endpoint}/org/tiny`) as string,
    });
    const error = await get({ token: 'hf_other' }).catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ code: 'unauthorized' });
    expect((error as Error).message).toContain('your access token may not read it');
    expect(JSON.stringify(error)).not.toContain('hf_other');
  });

  it('says that there is no such model, or that the token is refused', async () => {
    await expect(get({}, 'org/absent')).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('no public model org/absent') as string,
    });
    await expect(get({ token: 'hf_wrong' }, 'org/absent')).rejects.toMatchObject({ code: 'unauthorized' });
    hub.apiFaults.push({ kind: 'status', status: 404 });
    await expect(get()).rejects.toMatchObject({ code: 'model-not-found' });
  });
});

describe('without a network', () => {
  it('names each missing file and where to put it, and finds them there', async () => {
    const error = await get({ offline: true }).catch((caught: unknown) => caught);
    const folder = join(repository, 'snapshots', 'main');
    expect(error).toMatchObject({
      code: 'model-not-found',
      hint:
        `Download config.json, tokenizer.json, model.safetensors from ${hub.endpoint}/org/tiny/tree/main and put them ` +
        `into ${folder}, or name a folder that holds the model instead of org/tiny.`,
    });
    await mkdir(folder, { recursive: true });
    for (const [name, content] of hub.files) await writeFile(join(folder, name), content);
    expect((await get({ offline: true })).path).toBe(folder);
  });

  it('says so when the hub cannot be reached', async () => {
    const environment = { HF_ENDPOINT: 'http://127.0.0.1:9' };
    await expect(get({ environment })).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(/not on this computer.*The connection failed/s) as string,
      hint: expect.stringContaining('Download config.json, tokenizer.json, model.safetensors from') as string,
    });
  });

  it('uses another complete revision when the wanted one is not complete', async () => {
    const { path } = await get();
    await writeFile(join(repository, 'refs', 'main'), 'c'.repeat(40));
    expect((await get({ offline: true })).path).toBe(path);
    await expect(get({ offline: true, revision: 'v2' })).rejects.toMatchObject({ code: 'model-not-found' });
  });

  it('names what is missing when a download was interrupted', async () => {
    const onPlan = (): void => {
      for (let count = 0; count < 3; count++) hub.faults.push({ kind: 'status', status: 500 });
    };
    await expect(get({ onPlan })).rejects.toMatchObject({ code: 'network' });
    await expect(get({ offline: true })).rejects.toMatchObject({ code: 'model-not-found' });
  });
});

describe('the disk', () => {
  it('must have room for what is to be downloaded', () => {
    expect(() => {
      ensureSpace(269e6, 1e6, '/cache', id);
    }).toThrow('org/tiny needs 269 MB more on the disk of /cache, and 1 MB are free.');
  });

  it.skipIf(!existsSync('/dev/full'))('may be full all the same (skipped where there is no /dev/full)', async () => {
    await mkdir(join(repository, 'blobs'), { recursive: true });
    await symlink('/dev/full', `${blob}.incomplete`);
    await expect(get()).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(`${blob}.incomplete`) as string,
    });
  });

  it('may not allow the cache folder', async () => {
    await writeFile(repository, 'a file');
    await expect(get()).rejects.toMatchObject({ code: 'file-not-found' });
  });
});

describe('other ways to name a model', () => {
  it('opens the embedded model of the package', async () => {
    const packageRoot = await newFolder();
    await expect(get({ packageRoot }, 'embedded')).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('embedded model is missing') as string,
    });
    await mkdir(join(packageRoot, 'base-model'));
    await writeTinyModel(join(packageRoot, 'base-model'));
    expect((await get({ packageRoot }, 'embedded')).path).toBe(join(packageRoot, 'base-model'));
  });

  it('opens a folder, relative to a given one, before it asks the hub', async () => {
    const baseFolder = await newFolder();
    await mkdir(join(baseFolder, 'org', 'tiny'), { recursive: true });
    await writeTinyModel(join(baseFolder, 'org', 'tiny'));
    await cp(join(baseFolder, 'org', 'tiny'), join(baseFolder, 'copy'), { recursive: true });
    const copy = await openModelFolder(join(baseFolder, 'copy'));
    expect((await get({ baseFolder })).hash).toBe(copy.hash);
    expect((await get({ baseFolder }, './copy')).path).toBe(copy.path);
    expect((await get({}, copy.path)).path).toBe(copy.path);
    expect(hub.requests).toEqual([]);
  });

  it.each(['./absent', '/no/such/folder', '../a/b/c', '~/no/such/model', 'C:\\models\\a'])(
    'says that there is no folder %s instead of asking the hub',
    async (path) => {
      await expect(get({}, path)).rejects.toMatchObject({ code: 'model-not-found' });
      expect(hub.requests).toEqual([]);
    },
  );

  it('finds the package from its sources', () => {
    expect(existsSync(join(findPackageRoot(), 'src', 'core', 'model'))).toBe(true);
    expect(() => findPackageRoot('/')).toThrow('No package.json');
  });
});

describe('readHubSettings', () => {
  it('reads the environment as the tools of Hugging Face do', () => {
    expect(readHubSettings({}, {})).toEqual({
      endpoint: 'https://huggingface.co',
      cacheFolder: join(homedir(), '.cache', 'huggingface', 'hub'),
      token: undefined,
      offline: false,
    });
    const settings = { HF_ENDPOINT: 'https://mirror.example/', HF_TOKEN: ' hf_a ', HF_HUB_OFFLINE: 'ON' };
    expect(readHubSettings({}, { ...settings, HF_HOME: '/hf' })).toEqual({
      endpoint: 'https://mirror.example',
      cacheFolder: join('/hf', 'hub'),
      token: 'hf_a',
      offline: true,
    });
    expect(readHubSettings({}, { HF_HUB_CACHE: '/c', HF_HOME: '/hf' }).cacheFolder).toBe('/c');
    expect(readHubSettings({}, { XDG_CACHE_HOME: '/x', HF_HOME: '' }).cacheFolder).toBe(
      join('/x', 'huggingface', 'hub'),
    );
  });

  it('prefers what is given', () => {
    const given = { cacheFolder: '/mine', token: 'hf_b', offline: false };
    const environment = { HF_HUB_CACHE: '/c', HF_TOKEN: 'hf_a', HF_HUB_OFFLINE: '1' };
    expect(readHubSettings(given, environment)).toMatchObject(given);
  });
});
