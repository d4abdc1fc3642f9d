import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../../src/core/foundation/lift-error';
import { type DownloadPlan } from '../../../../src/core/model/hub/download-model';
import { ProgressMeter, type DownloadProgress } from '../../../../src/core/model/hub/download-progress';
import { writeSafetensors } from '../../../../src/core/model/safetensors/write-safetensors';
import { temporaryFolders } from '../temporary-folder';
import { quickRetries, tinyHub } from '../tiny-hub';
import { randomTensors, tinyLlama } from '../tiny-model';

const newFolder = temporaryFolders();
const tiny = tinyHub();

describe('a model of the hub', () => {
  it('is downloaded into the layout of the Hugging Face cache, with what is needed and no more', async () => {
    const model = await tiny.get();
    expect(model.path).toBe(join(tiny.repository, 'snapshots', tiny.hub.commit));
    expect(model.config.modelType).toBe('llama');
    const names = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];
    expect((await readdir(model.path)).sort()).toEqual(names);
    expect((await readdir(join(tiny.repository, 'blobs'))).sort()).toEqual(
      names.map((name) => tiny.hub.hash(name)).sort(),
    );
    expect(await readFile(join(tiny.repository, 'refs', 'main'), 'utf8')).toBe(tiny.hub.commit);
    expect((await lstat(join(model.path, 'config.json'))).isSymbolicLink()).toBe(true);
    expect(await readlink(join(model.path, 'config.json'))).toBe(
      join('..', '..', 'blobs', tiny.hub.hash('config.json')),
    );
    expect(model.tensors.get('model.norm.weight')?.file).toBe(tiny.blob);
  });

  it('is not asked for again when it is complete', async () => {
    await tiny.get();
    tiny.hub.requests.length = 0;
    await tiny.get();
    await tiny.get({ offline: true });
    expect(tiny.hub.requests).toEqual([]);
  });

  it('is downloaded shard by shard, as its index says', async () => {
    tiny.hub.files.delete('model.safetensors');
    const tensors = [...randomTensors(tinyLlama)];
    const map: Record<string, string> = {};
    const folder = await newFolder();
    for (const [index, part] of [tensors.slice(0, 5), tensors.slice(5)].entries()) {
      const name = `model-0000${index + 1}-of-00002.safetensors`;
      await writeSafetensors(join(folder, name), new Map(part));
      tiny.hub.files.set(name, await readFile(join(folder, name)));
      for (const [tensor] of part) map[tensor] = name;
    }
    tiny.hub.files.set('model.safetensors.index.json', Buffer.from(JSON.stringify({ weight_map: map })));
    const model = await tiny.get();
    expect(model.tensors.size).toBe(tensors.length);
    await rm(join(model.path, 'model-00002-of-00002.safetensors'));
    await expect(tiny.get({ offline: true })).rejects.toMatchObject({
      hint: expect.stringContaining('Download model-00002-of-00002.safetensors from') as string,
    });
  });

  it('goes on where a cut connection ended', async () => {
    await tiny.get({
      onPlan: () => void tiny.hub.faults.push({ kind: 'cut', after: 4000 }, { kind: 'cut', after: 3000 }),
    });
    expect(tiny.hub.rangesOf('model.safetensors')).toEqual([undefined, 'bytes=4000-', 'bytes=7000-']);
  });

  it('goes on with what an earlier program left, also when the server starts over', async () => {
    const content = tiny.hub.files.get('model.safetensors')!;
    await mkdir(join(tiny.repository, 'blobs'), { recursive: true });
    await writeFile(`${tiny.blob}.incomplete`, content.subarray(0, 9000));
    const plans: DownloadPlan[] = [];
    const onPlan = (plan: DownloadPlan): void => {
      plans.push(plan);
      tiny.hub.faults.push({ kind: 'ignore-range' });
    };
    await tiny.get({ onPlan });
    expect(plans).toMatchObject([{ id: tiny.id, totalBytes: content.length, missingBytes: content.length - 9000 }]);
    expect(plans[0]!.config.parameterCount).toBeGreaterThan(1000);
    expect(tiny.hub.rangesOf('model.safetensors')).toEqual(['bytes=9000-']);
    expect(existsSync(`${tiny.blob}.incomplete`)).toBe(false);
  });

  it.each([
    ['is longer than the file', (content: Buffer) => Buffer.concat([content, content])],
    ['has other content', (content: Buffer) => Buffer.alloc(content.length)],
    ['is damaged at its beginning', (content: Buffer) => Buffer.from(content.subarray(0, 5000)).fill(1, 0, 8)],
  ])('is downloaded anew when what was left %s', async (_, change) => {
    await mkdir(join(tiny.repository, 'blobs'), { recursive: true });
    await writeFile(`${tiny.blob}.incomplete`, change(tiny.hub.files.get('model.safetensors')!));
    await tiny.get();
    expect(await readFile(tiny.blob)).toEqual(tiny.hub.files.get('model.safetensors'));
  });

  it('is refused when it twice arrives with another checksum', async () => {
    const onPlan = (): void => void tiny.hub.faults.push({ kind: 'damage' }, { kind: 'damage' });
    await expect(tiny.get({ onPlan })).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('arrived damaged twice') as string,
    });
    expect(await readdir(join(tiny.repository, 'blobs'))).not.toContain(tiny.hub.hash('model.safetensors'));
    await tiny.get();
  });

  it('survives passing failures of the server', async () => {
    tiny.hub.apiFaults.push(
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    );
    tiny.hub.faults.push({ kind: 'status', status: 500 });
    await tiny.get();
  });

  it('says that the server asks to wait when it keeps doing so', async () => {
    for (let count = 0; count < 3; count++)
      tiny.hub.apiFaults.push({ kind: 'status', status: 429, headers: { 'retry-after': '0' } });
    await expect(tiny.get()).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('asks to wait') as string,
    });
  });

  it('goes on after a connection that brings nothing more', async () => {
    await tiny.get({ onPlan: () => void tiny.hub.faults.push({ kind: 'stall', after: 2000 }) });
    expect(tiny.hub.rangesOf('model.safetensors')).toEqual([undefined, 'bytes=2000-']);
  });

  it('shares finished files with other revisions and other programs', async () => {
    await tiny.get();
    await rm(join(tiny.repository, 'snapshots'), { recursive: true });
    tiny.hub.requests.length = 0;
    await tiny.get();
    expect(tiny.hub.requests.filter(({ path }) => !path.startsWith('/api/'))).toEqual([]);
  });

  it('is unsupported before its weights are downloaded', async () => {
    tiny.hub.files.set('config.json', Buffer.from('{"model_type":"bert"}'));
    await expect(tiny.get()).rejects.toMatchObject({ code: 'model-unsupported' });
    expect(tiny.hub.rangesOf('model.safetensors')).toEqual([]);
  });

  it.each([
    ['tokenizer.json', /no tokenizer\.json/],
    ['model.safetensors', /no weights in the safetensors format/],
  ])('is unsupported without %s', async (name, message) => {
    tiny.hub.files.delete(name);
    await expect(tiny.get()).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringMatching(message) as string,
    });
  });

  it('costs nothing when the plan is refused', async () => {
    const refusal = new LiftError('cancelled', 'Too large for today.');
    const onPlan = (): never => {
      throw refusal;
    };
    await expect(tiny.get({ onPlan })).rejects.toBe(refusal);
    expect(tiny.hub.rangesOf('model.safetensors')).toEqual([]);
  });
});

describe('progress and cancellation', () => {
  it('reports bytes up to the last one', async () => {
    const seen: DownloadProgress[] = [];
    await tiny.get({ onProgress: (progress) => seen.push(progress) });
    const total = tiny.hub.files.get('model.safetensors')!.length;
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
    tiny.hub.files.set('model.safetensors', Buffer.alloc(4_000_000));
    const onPlan = (): void => void tiny.hub.faults.push({ kind: 'stall', after: 50_000 });
    const onProgress = ({ bytes }: DownloadProgress): void => {
      if (bytes > 0) abort.abort();
    };
    const patient = { ...quickRetries, stall: 600_000 };
    await expect(tiny.get({ onPlan, onProgress, signal: abort.signal, retries: patient })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const left = (await readdir(join(tiny.repository, 'blobs'))).filter((name) => name.endsWith('.incomplete'));
    expect(left).toEqual([`${tiny.hub.hash('model.safetensors')}.incomplete`]);
  });

  it('stops during a pause between tries', async () => {
    const abort = new AbortController();
    tiny.hub.apiFaults.push({ kind: 'status', status: 503 });
    const waiting = tiny.get({ signal: abort.signal, retries: { ...quickRetries, firstPause: 600_000 } });
    const stopped = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    while (tiny.hub.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    abort.abort();
    await stopped;
  });
});
