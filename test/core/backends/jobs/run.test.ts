import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobBackend } from '../../../../src/core/backends/jobs/backend';
import { isUnderWayElsewhere } from '../../../../src/core/backends/jobs/state';
import { RayService } from '../../../../src/core/backends/ray/service';
import { leaving } from '../../../../src/core/run/backend';
import type { RunEvent } from '../../../../src/core/run/events';
import { fineTune } from '../../../../src/core/run/fine-tune';
import { plan } from '../../../../src/core/run/plan';
import type { FineTuneResult } from '../../../../src/core/run/requests';
import { runFolderAt } from '../../../../src/core/run/folder/run-folder';
import { readRunState } from '../../../../src/core/run/folder/run-state';
import { temporaryFolder } from '../../../helpers/bundle';
import { everythingIn } from '../../../helpers/everything-in';
import { flowersCsv } from '../../../helpers/tables';
import { writeTinyModelFolder } from '../../../helpers/tiny-model-folder';
import { FakeRay, told } from '../ray/fake-ray';

const secret = 'token-0123456789';
const rows = 30;
const patience = 60_000;
let folder: string;
let ray: FakeRay;
let events: RunEvent[];
let runs = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeTinyModelFolder(join(folder, 'model'));
  const [header, ...lines] = flowersCsv(rows).trimEnd().split('\n');
  const told = lines.map((line, index) => `${line},confidential-${index},${index % 3 === 0 ? 'ignored-word' : 'x'}`);
  await writeFile(join(folder, 'flowers.csv'), [`${header},note,remark`, ...told].join('\n'));
});

beforeEach(async () => {
  ray = await FakeRay.start();
  events = [];
});

afterEach(() => ray.close());

const backend = (): ReturnType<typeof jobBackend> => {
  const choice = { kind: 'ray', address: ray.address, install: false } as const;
  const service = new RayService(choice, { token: secret, retries: { tries: 2, firstPause: 1, stall: 2000 } });
  const pauses = { least: 1, most: 5 };
  return jobBackend(service, { workers: null, storage: null }, { pauses, patience: 30 });
};

const request = (): Parameters<typeof fineTune>[0] => ({
  dataset: join(folder, 'flowers.csv'),
  target: 'size',
  model: join(folder, 'model'),
  set: ['training.method=lora', 'training.epochs=2', 'features.note.include=false', 'features.remark.include=false'],
  runsFolder: folder,
  out: join(folder, `run-${++runs}`),
  baselines: false,
  backend: { kind: 'ray', address: ray.address, headers: { 'x-team': 'header-secret' }, install: false },
});

function run(wish: Parameters<typeof fineTune>[0], signal?: AbortSignal): Promise<FineTuneResult> {
  return fineTune(wish, { emit: (event) => events.push(event), signal }, backend);
}

/** The files of the package that was sent. */
function sentFiles(): Map<string, Buffer> {
  const [archive] = [...ray.packages.values()];
  const files = new Map<string, Buffer>();
  for (let place = 0; archive!.readUInt32LE(place) === 0x04034b50;) {
    const [packed, nameBytes] = [archive!.readUInt32LE(place + 18), archive!.readUInt16LE(place + 26)];
    const start = place + 30 + nameBytes;
    const content = inflateRawSync(archive!.subarray(start, start + packed));
    files.set(archive!.toString('utf8', place + 30, start), content);
    place = start + packed;
  }
  return files;
}

const lines = (name: string): unknown[] =>
  sentFiles()
    .get(name)!
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

function fileLines(name: string, content: Buffer): string {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = told({ event: 'file', name, bytes: content.length, sha256, chunks: 1 });
  return file + told({ event: 'chunk', name, number: 0, data: content.toString('base64') });
}

const begun = (): string =>
  told({ event: 'begin', ray: '2.58.0' }) +
  told({ event: 'progress', stage: 'training', fraction: 0.5, step: 1, steps: 2, loss: 2 }) +
  told({ event: 'epoch', epoch: 0, trainLoss: null, validationLoss: 3, best: true }) +
  told({ event: 'epoch', epoch: 1, trainLoss: 2, validationLoss: 1.5, best: true });

/** What a job writes that has done its work: the adapter as it was sent, and answers that are sure of the first class. */
function ended(): string {
  const answers = Buffer.alloc(lines('ask.jsonl').length * 2 * 4);
  for (let row = 0; row < answers.length / 8; row++) {
    answers.writeFloatLE(Math.log(0.9), row * 8);
    answers.writeFloatLE(Math.log(0.1), row * 8 + 4);
  }
  const history = [{ epoch: 0, validationLoss: 3 }, { epoch: 1, trainLoss: 2, validationLoss: 1.5 }]; // prettier-ignore
  const training = { stopped: 'finished', history, bestEpoch: 1, steps: 2, skippedSteps: 0, tokens: 10, tokensPerSecond: 5 }; // prettier-ignore
  return (
    told({ event: 'trained', training }) +
    told({ event: 'progress', stage: 'fetching', fraction: 0 }) +
    fileLines('answers', answers) +
    fileLines('weights.safetensors', sentFiles().get('start/adapter_model.safetensors')!) +
    told({ event: 'end' })
  );
}

function finish(id: string): void {
  Object.assign(ray.jobs.get(id)!, { status: 'SUCCEEDED', log: begun() + ended() });
}

describe('a run on a service', () => {
  it(
    'sends the columns that prompts tell and no other, and leaves the same run folder as a local one',
    async () => {
      ray.onSubmit = finish;
      const wish = request();
      const result = await run(wish);
      const sent = [...sentFiles()].map(([name, content]) => name + content.toString('latin1')).join('\n');
      expect(sent).not.toMatch(/confidential|note|remark|ignored-word/);
      // Tokens of the tiny model are bytes.
      const texts = [...lines('train-1.jsonl'), ...lines('ask.jsonl')] as { t?: number[]; p?: number[] }[];
      const prompts = texts.map(({ t, p }) => Buffer.from(t ?? p!).toString());
      expect(prompts.every((text) => text.includes('width'))).toBe(true);
      expect(prompts.join('\n')).not.toMatch(/confidential|note|remark|ignored-word/);

      expect(result.metrics.test.count).toBe(6);
      expect(await readRunState(runFolderAt(wish.out!))).toMatchObject({
        state: 'done',
        backend: { kind: 'ray', address: ray.address },
      });
      expect(await readdir(wish.out!)).toEqual(expect.arrayContaining(['adapter', 'predictions.csv', 'fitted.json']));
      expect(events).toContainEqual({ event: 'epoch', epoch: 1, epochs: 2, trainLoss: 2, validationLoss: 1.5, best: true }); // prettier-ignore
      expect(events).toContainEqual(expect.objectContaining({ event: 'progress', stage: 'training', fraction: 1 }));
    },
    patience,
  );

  it(
    'writes no key anywhere',
    async () => {
      ray.onSubmit = finish;
      const wish = request();
      await run(wish);
      expect(await everythingIn(wish.out!)).not.toMatch(/token-0123456789|header-secret/);
      expect(JSON.stringify(events)).not.toMatch(/token-0123456789|header-secret/);
    },
    patience,
  );

  it(
    'is planned without sending anything',
    async () => {
      const planned = await plan(request(), { emit: () => undefined }, backend);
      expect(planned).toMatchObject({
        destination: `the Ray cluster at ${ray.address}`,
        service: 'Ray 2.58.0',
        upload: { rows, columns: ['width', 'colour', 'price', 'size'], weights: true },
      });
      expect(ray.count('PUT', /./) + ray.count('POST', /./)).toBe(0);
    },
    patience,
  );

  it(
    'is refused before anything is asked or sent when its recipe has a first stage, which only this machine does',
    async () => {
      const wish = request();
      const staged = { ...wish, set: [...wish.set, 'training.pretext.tasks=2'] };
      const refusal = { code: 'recipe-invalid', message: expect.stringContaining('training.pretext') as string };
      await expect(run(staged)).rejects.toMatchObject(refusal);
      expect(existsSync(wish.out!)).toBe(false);
      expect(ray.seen).toEqual([]);
    },
    patience,
  );

  it(
    'leaves no run behind when nobody answers',
    async () => {
      ray.trouble = () => 'cut';
      const wish = request();
      await expect(run(wish)).rejects.toMatchObject({ code: 'network' });
      expect(existsSync(wish.out!)).toBe(false);
    },
    patience,
  );

  it(
    'is left alone when its watcher leaves, and found again with nothing sent or told twice',
    async () => {
      const leave = new AbortController();
      ray.onSubmit = (id) => {
        Object.assign(ray.jobs.get(id)!, { status: 'RUNNING', log: begun() });
      };
      ray.trouble = () => {
        if (events.some(({ event }) => event === 'epoch')) leave.abort(leaving);
        return undefined;
      };
      const wish = request();
      await expect(run(wish, leave.signal)).rejects.toMatchObject({ code: 'cancelled' });
      expect(ray.count('POST', /stop/)).toBe(0);
      expect((await readRunState(runFolderAt(wish.out!))).state).toBe('stopped');
      expect(await isUnderWayElsewhere(runFolderAt(wish.out!))).toBe(true);

      const [id] = [...ray.jobs.keys()];
      finish(id!);
      events = [];
      await run({ ...wish, dataset: undefined, resume: wish.out, out: undefined });
      expect(ray.count('PUT', /packages/)).toBe(1);
      expect(ray.jobs.size).toBe(1);
      expect(events.filter(({ event }) => event === 'epoch')).toEqual([]);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out!))).toBe(false);
    },
    patience,
  );

  it(
    'is stopped there when it is cancelled here, and then nobody goes on with it unasked',
    async () => {
      const stop = new AbortController();
      ray.onSubmit = (id) => {
        ray.jobs.get(id)!.status = 'RUNNING';
        stop.abort();
      };
      const wish = request();
      await expect(run(wish, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
      const [job] = [...ray.jobs.values()];
      expect(job!.status).toBe('STOPPED');
      expect(await isUnderWayElsewhere(runFolderAt(wish.out!))).toBe(false);
    },
    patience,
  );

  it(
    'tells a full disk there as one that can be resumed, and begins a new job then',
    async () => {
      const error = {
        event: 'error',
        code: 'disk-full',
        message: 'A disk of the cluster is full.',
        hint: 'Free some.',
      };
      ray.onSubmit = (id) => {
        Object.assign(ray.jobs.get(id)!, { status: 'FAILED', log: begun() + told(error) });
      };
      const wish = request();
      await expect(run(wish)).rejects.toMatchObject({ code: 'disk-full' });
      expect((await readRunState(runFolderAt(wish.out!))).state).toBe('stopped');
      ray.onSubmit = finish;
      await run({ ...wish, dataset: undefined, resume: wish.out, out: undefined });
      expect(ray.jobs.size).toBe(2);
      expect(ray.count('PUT', /packages/)).toBe(1);
    },
    patience,
  );

  it(
    'fails with the reason when the connection is lost, and goes on with the same job when it is back',
    async () => {
      ray.onSubmit = (id) => {
        ray.jobs.get(id)!.status = 'RUNNING';
        ray.trouble = () => 'cut';
      };
      const wish = request();
      await expect(run(wish)).rejects.toMatchObject({ code: 'network' });
      expect(await readRunState(runFolderAt(wish.out!))).toMatchObject({ state: 'failed', error: { code: 'network' } });
      ray.trouble = () => undefined;
      finish([...ray.jobs.keys()][0]!);
      await run({ ...wish, dataset: undefined, resume: wish.out, out: undefined });
      expect(ray.jobs.size).toBe(1);
    },
    patience,
  );
});
