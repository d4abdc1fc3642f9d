import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HfJobsService } from '../../../../src/core/backends/hugging-face/service';
import { jobBackend } from '../../../../src/core/backends/jobs/backend';
import { isUnderWayElsewhere } from '../../../../src/core/backends/jobs/state';
import { leaving } from '../../../../src/core/run/backend';
import type { Backend } from '../../../../src/core/run/backend';
import type { HfJobsChoice } from '../../../../src/core/run/backend-choice';
import type { RunEvent } from '../../../../src/core/run/events';
import { fineTune } from '../../../../src/core/run/fine-tune';
import { plan } from '../../../../src/core/run/plan';
import { predict } from '../../../../src/core/run/predict';
import type { FineTuneRequest, FineTuneResult } from '../../../../src/core/run/requests';
import { runFolderAt } from '../../../../src/core/run/folder/run-folder';
import { temporaryFolder } from '../../../helpers/bundle';
import { everythingIn } from '../../../helpers/everything-in';
import { flowersCsv } from '../../../helpers/tables';
import { writeTinyModelFolder } from '../../../helpers/tiny-model-folder';
import { readZip } from '../../../helpers/zip';
import { FakeHfJobs } from './fake-hf-jobs';
import type { FakeHfJob } from './fake-hf-jobs';

const secret = 'hf_0123456789secret';
const patience = 60_000;
let folder: string;
let hub: FakeHfJobs;
let events: RunEvent[];
let runs = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeTinyModelFolder(join(folder, 'model'));
  await writeFile(join(folder, 'flowers.csv'), flowersCsv(30));
});

beforeEach(async () => {
  hub = await FakeHfJobs.start();
  hub.token = secret;
  events = [];
});

afterEach(() => hub.close());

const quickRetries = { tries: 2, firstPause: 1, stall: 20_000 };

const backend = (choice: Partial<HfJobsChoice> = {}, retries = quickRetries, token = secret): Backend => {
  const service = new HfJobsService({ kind: 'hf-jobs', ...choice }, { endpoint: hub.endpoint, token, retries });
  return jobBackend(service, { workers: null, storage: null }, { pauses: { least: 1, most: 5 }, patience: 30 });
};

const request = (): FineTuneRequest & { out: string } => ({
  dataset: join(folder, 'flowers.csv'),
  target: 'size',
  model: join(folder, 'model'),
  set: ['training.method=lora', 'training.epochs=2'],
  runsFolder: folder,
  out: join(folder, `run-${++runs}`),
  baselines: false,
  backend: { kind: 'hf-jobs' },
});

function run(
  wish: FineTuneRequest,
  signal?: AbortSignal,
  choice: Partial<HfJobsChoice> = {},
  retries = quickRetries,
): Promise<FineTuneResult> {
  return fineTune(wish, { emit: (event) => events.push(event), signal }, () => backend(choice, retries));
}

const told = (event: object): string => `LIFT ${JSON.stringify(event)}`;

/** Of a job: its files, by their names. */
async function packageOf(key: string): Promise<Map<string, Buffer>> {
  const path = join(folder, `${key}.zip`);
  await writeFile(path, hub.files.get(`${key}/package.zip`)!);
  return readZip(path);
}

const begun = [
  told({ event: 'begin', ray: '2.58.0' }),
  'Downloading 10 %',
  told({ event: 'epoch', epoch: 1, trainLoss: 2, validationLoss: 1.5, best: true }),
];

/** What the program does: answers and weights go into the repository, and the log says where. */
async function finish(job: FakeHfJob, key: string): Promise<void> {
  const files = await packageOf(key);
  const spec = JSON.parse(files.get('job.json')!.toString()) as { storage: string; results: string; training: unknown };
  expect(spec).toMatchObject({ storage: 'hf://datasets/me/lift-jobs', results: 'storage' });
  const rows = files.get('ask.jsonl')!.toString().trimEnd().split('\n').length;
  const answers = Buffer.alloc(rows * 8);
  for (let row = 0; row < rows; row++) {
    answers.writeFloatLE(Math.log(0.9), row * 8);
    answers.writeFloatLE(Math.log(0.1), row * 8 + 4);
  }
  const results = new Map<string, Buffer>([['answers', answers]]);
  if (spec.training) results.set('weights.safetensors', files.get('start/adapter_model.safetensors')!);
  const training = { stopped: 'finished', history: [{ epoch: 1, trainLoss: 2 }], bestEpoch: 1, steps: 2, skippedSteps: 0, tokens: 10, tokensPerSecond: 5 }; // prettier-ignore
  if (spec.training) job.log.push(told({ event: 'trained', training }));
  for (const [name, content] of results) {
    hub.files.set(`${key}/${name}`, content);
    job.log.push(told({ event: 'stored', name, place: `hf://datasets/me/lift-jobs/${key}/${name}` }));
  }
  job.log.push(told({ event: 'end' }));
  job.stage = 'COMPLETED';
}

function succeed(job: FakeHfJob, key: string): void {
  job.stage = 'RUNNING';
  job.log.push(...begun);
  setTimeout(() => void finish(job, key), 50);
}

describe('a run by Hugging Face Jobs', () => {
  it(
    'goes through a private repository, and its adapter comes home and predicts on this machine',
    async () => {
      hub.onJob = succeed;
      const wish = request();
      const result = await run(wish);
      expect(result.metrics.test.count).toBe(6);
      expect(hub.isPrivate).toBe(true);
      expect(await readdir(join(wish.out, 'adapter'))).toContain('adapter_model.safetensors');
      expect(events).toContainEqual({ event: 'epoch', epoch: 1, epochs: 2, trainLoss: 2, validationLoss: 1.5, best: true }); // prettier-ignore
      const [job] = [...hub.jobs.values()];
      expect(job!.request).toMatchObject({
        flavor: 't4-small',
        timeoutSeconds: 3600,
        volumes: [{ type: 'dataset', source: 'me/lift-jobs', mountPath: '/lift', readOnly: true }],
      });
      expect((job!.request.command as string[])[2]).toMatch(
        /-e \/lift\/lift-\w+-\w+\/package\.zip .*python -m lift_remote$/,
      );
      expect(await everythingIn(wish.out)).not.toContain(secret);
      expect(JSON.stringify(events)).not.toContain(secret);
    },
    patience,
  );

  it(
    'leaves the results in the repository, and nothing of what was sent',
    async () => {
      let sent = '';
      hub.onJob = (job, key) => {
        sent = createHash('sha256')
          .update(hub.files.get(`${key}/package.zip`)!)
          .digest('hex');
        succeed(job, key);
      };
      await run(request());
      expect([...hub.files.keys()].map((path) => path.replace(/.*\//, ''))).toEqual(['answers', 'weights.safetensors']);
      expect(hub.forgotten).toEqual([sent]);
    },
    patience,
  );

  it(
    'says so when what was sent cannot be deleted, and brings its results all the same',
    async () => {
      hub.onJob = succeed;
      hub.trouble = ({ path }) => (path.endsWith('/lfs-files/batch') ? { status: 403 } : undefined);
      expect((await run(request())).metrics.test.count).toBe(6);
      const message = expect.stringContaining('could not be deleted there') as string;
      expect(events).toContainEqual(expect.objectContaining({ event: 'notice', level: 'warning', message }));
    },
    patience,
  );

  it(
    'waits as long as the hub asks, whatever is sent to it',
    async () => {
      hub.onJob = succeed;
      const kinds = new Set<string>();
      hub.trouble = ({ method, path }) => {
        const kind = `${method} ${path.replace(/lift-[\w-]{10,}.*|[0-9a-f]{64}|\?.*/g, '')}`;
        if (kinds.has(kind)) return undefined;
        kinds.add(kind);
        return { status: 429, headers: { 'retry-after': '0' } };
      };
      // The next try would come only after ten minutes if the hub had not asked for none.
      await run(request(), undefined, {}, { tries: 2, firstPause: 600_000, stall: 20_000 });
      expect(kinds.size).toBeGreaterThan(10);
      expect(hub.jobs.size).toBe(1);
    },
    patience,
  );

  it(
    'is planned with the price of the machine, without sending anything',
    async () => {
      const planned = await plan(request(), { emit: () => undefined }, () => backend({ minutes: 30 }));
      expect(planned.cost).toBe('t4-small, 30 minutes at most: up to 0.20 USD (0.40 USD an hour)');
      expect(planned.service).toBe('Hugging Face Jobs for me');
      expect(planned.remains).toContain('your private repository me/lift-jobs');
      expect(hub.count('POST', /./)).toBe(0);
    },
    patience,
  );

  it(
    'predicts a table there',
    async () => {
      hub.onJob = succeed;
      const wish = request();
      await run(wish);
      const asked = { run: wish.out, dataset: join(folder, 'flowers.csv'), backend: { kind: 'hf-jobs' } } as const;
      expect((await predict(asked, { emit: () => undefined }, () => backend())).rows).toBe(30);
      expect(hub.jobs.size).toBe(2);
    },
    patience,
  );

  it(
    'is left alone when its watcher leaves, and found again with nothing sent or told twice',
    async () => {
      const leave = new AbortController();
      let key = '';
      hub.onJob = (job, name) => {
        key = name;
        job.stage = 'RUNNING';
        job.log.push(...begun);
      };
      hub.trouble = () => {
        if (events.some(({ event }) => event === 'epoch')) leave.abort(leaving);
        return undefined;
      };
      const wish = request();
      await expect(run(wish, leave.signal)).rejects.toMatchObject({ code: 'cancelled' });
      expect(hub.count('POST', /cancel/)).toBe(0);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out))).toBe(true);
      await finish([...hub.jobs.values()][0]!, key);
      events = [];
      await run({ ...wish, dataset: undefined, resume: wish.out, out: undefined });
      expect(hub.jobs.size).toBe(1);
      expect(hub.count('PUT', /^\/lfs\//)).toBe(1);
      expect(events.filter(({ event }) => event === 'epoch')).toEqual([]);
    },
    patience,
  );

  it(
    'leaves no run behind when the hub does not know the token',
    async () => {
      const wish = request();
      const stranger = (): Backend => backend({}, quickRetries, 'hf_wrong');
      await expect(fineTune(wish, { emit: () => undefined }, stranger)).rejects.toMatchObject({ code: 'unauthorized' });
      expect(existsSync(wish.out)).toBe(false);
      expect(hub.count('POST', /./)).toBe(0);
    },
    patience,
  );

  it(
    'is begun once though the answer is lost, and its log is read again after the connection broke',
    async () => {
      hub.onJob = succeed;
      let [posts, logs] = [0, 0];
      const real = hub as unknown as { answer: (seen: unknown, range: undefined) => unknown };
      hub.trouble = (seen) => {
        if (seen.method === 'POST' && seen.path === '/api/jobs/me' && posts++ === 0) {
          real.answer(seen, undefined);
          return 'cut';
        }
        return seen.path.endsWith('/logs') && logs++ === 0 ? 'cut' : undefined;
      };
      await run(request());
      expect(hub.jobs.size).toBe(1);
      expect(logs).toBeGreaterThan(1);
    },
    patience,
  );

  it(
    'is cancelled there when it is stopped here',
    async () => {
      const stop = new AbortController();
      hub.onJob = (job) => {
        job.stage = 'RUNNING';
        stop.abort();
      };
      await expect(run(request(), stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
      expect([...hub.jobs.values()].map(({ stage }) => stage)).toEqual(['CANCELED']);
    },
    patience,
  );

  it.each([
    ['a token that may not', { status: 401, body: {} }, /commit|repos/, 'unauthorized', 'HF_TOKEN'],
    [
      'an account without credit',
      { status: 402, body: { error: 'Pre-paid credit needed' } },
      /jobs\/me$/,
      'unauthorized',
      'credit',
    ],
  ] as const)(
    'ends with the reason: %s',
    async (_, answer, path, code, words) => {
      hub.trouble = (seen) => (seen.method === 'POST' && path.test(seen.path) ? answer : undefined);
      const wish = request();
      const error = await run(wish).then(
        () => undefined,
        (cause: unknown) => cause as Error & { hint: string },
      );
      expect(error).toMatchObject({ code });
      expect(`${error!.message} ${error!.hint}`).toContain(words);
      expect(`${error!.message} ${error!.hint}`).not.toContain(secret);
    },
    patience,
  );

  it(
    'says why a job failed, and which machines there are when there is none of a name',
    async () => {
      hub.onJob = (job) => {
        Object.assign(job, { stage: 'ERROR', message: 'Job timeout' });
      };
      await expect(run(request())).rejects.toThrow(/failed: Job timeout/);
      await expect(run(request(), undefined, { flavor: 'x9' })).rejects.toMatchObject({ code: 'usage', hint: 'It has cpu-basic, t4-small.' }); // prettier-ignore
    },
    patience,
  );
});
