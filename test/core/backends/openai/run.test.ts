import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isUnderWayElsewhere, readJobState } from '../../../../src/core/backends/jobs/state';
import { openAiBackend } from '../../../../src/core/backends/openai/backend';
import { leaving } from '../../../../src/core/run/backend';
import type { OpenAiChoice } from '../../../../src/core/run/backend-choice';
import { evaluate } from '../../../../src/core/run/evaluate';
import type { RunEvent } from '../../../../src/core/run/events';
import { exportRun } from '../../../../src/core/run/export';
import { fineTune } from '../../../../src/core/run/fine-tune';
import { plan } from '../../../../src/core/run/plan';
import { predict } from '../../../../src/core/run/predict';
import type { FineTuneRequest, FineTuneResult } from '../../../../src/core/run/requests';
import { runFolderAt } from '../../../../src/core/run/run-folder';
import { readRunState } from '../../../../src/core/run/run-state';
import { temporaryFolder } from '../../../helpers/bundle';
import { everythingIn } from '../../../helpers/everything-in';
import { namesOnLoopback } from '../../../helpers/names-on-loopback';
import { flowersCsv } from '../../../helpers/tables';
import { errorBody, FakeOpenAi } from './fake-openai';
import type { FakeJob } from './fake-openai';
import { hasContract, OpenAiContract } from './contract';

const secret = 'sk-0123456789-secret';
const rows = 40;
const patience = 60_000;
const contract = hasContract ? new OpenAiContract() : undefined;
let folder: string;
let api: FakeOpenAi;
let events: RunEvent[];
let runs = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  const [header, ...lines] = flowersCsv(rows).trimEnd().split('\n');
  const told = lines.map((line, index) => `${line},confidential-${index}`);
  await writeFile(join(folder, 'flowers.csv'), [`${header},note`, ...told].join('\n'));
});

beforeEach(async () => {
  api = await FakeOpenAi.start();
  api.key = secret;
  events = [];
  limits = usualLimits;
});

afterEach(async () => {
  await api.close();
  // Whatever a test is about: nothing is said that OpenAI's own description does not know.
  const problems = contract && api.exchanges.flatMap((exchange) => contract.problems(exchange));
  expect(problems ?? []).toEqual([]);
});

/** Milliseconds that a server may be silent, and its answers may take. */
const usualLimits = { stall: 10_000, answerLimit: 20_000 };
let limits = usualLimits;

const backend = (choice: object = {}, key = secret): ReturnType<typeof openAiBackend> =>
  openAiBackend(
    { kind: 'openai', address: `${api.address}/`, headers: { 'x-team': 'header-secret' }, ...choice },
    {
      key,
      retries: { tries: 3, firstPause: 1, ...limits },
      pauses: { least: 1, most: 5 },
      patience: 30,
      modelPauses: [1, 1],
    },
  );

const request = (wish: Partial<FineTuneRequest> = {}): FineTuneRequest & { out: string } => ({
  dataset: join(folder, 'flowers.csv'),
  target: 'size',
  model: 'base-1',
  set: ['features.note.include=false', 'training.epochs=2'],
  runsFolder: folder,
  baselines: false,
  backend: { kind: 'openai', address: api.address, headers: { 'x-team': 'header-secret' } },
  ...wish,
  out: join(folder, `run-${++runs}`),
});

function run(wish: FineTuneRequest, signal?: AbortSignal, choice: Partial<OpenAiChoice> = {}): Promise<FineTuneResult> {
  return fineTune(wish, { emit: (event) => events.push(event), signal }, () => backend(choice));
}

const resumed = (wish: { out: string }): FineTuneRequest => ({
  ...{ resume: wish.out, set: [], runsFolder: folder, baselines: false },
});

const notices = (): string[] => events.flatMap((event) => (event.event === 'notice' ? [event.message] : []));

/** The steps of a training as OpenAI tells them: 4 steps of 2 epochs, the newest first. */
function tellSteps(job: FakeJob): void {
  const event = (number: number, type: string, message: string, data: object): Record<string, unknown> => {
    const facts = { object: 'fine_tuning.job.event', id: `ftevent-${job.id}-${number}`, created_at: 1_790_000_000 };
    return { ...facts, level: 'info', type, message, data };
  };
  const steps = [1, 2, 3, 4].map((step) => {
    const data = { step, total_steps: 4, train_loss: 2 / step, valid_loss: 3 / step, full_valid_loss: 1 / step };
    return event(step, 'metrics', `Step ${step}/4: training loss=${2 / step}`, data);
  });
  job.events = [event(0, 'message', 'Fine-tuning job started', {}), ...steps].reverse();
}

/** A model that was kept after each epoch. */
function keepCheckpoints(job: FakeJob, losses: readonly number[]): void {
  job.checkpoints = losses.map((loss, epoch) => ({
    id: `ftckpt-${epoch}`,
    object: 'fine_tuning.job.checkpoint',
    created_at: 1_790_000_000,
    fine_tuned_model_checkpoint: `ft:base-1:checkpoint-${epoch}`,
    fine_tuning_job_id: job.id,
    step_number: (epoch + 1) * 2,
    metrics: { step: (epoch + 1) * 2, full_valid_loss: loss },
  }));
}

describe('a run on an OpenAI-compatible service', () => {
  it(
    'trains there, predicts by log-probabilities, and leaves a run folder like any other',
    async () => {
      api.onJob = tellSteps;
      const wish = request();
      const result = await run(wish);
      expect(result.metrics.test.count).toBe(8);
      expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
      expect(result.metrics.test.auc).toBeDefined();
      expect(await readRunState(runFolderAt(wish.out))).toMatchObject({
        state: 'done',
        model: { id: 'base-1' },
        backend: { kind: 'openai', address: api.address },
      });
      expect(await readdir(wish.out)).toEqual(
        expect.arrayContaining(['predictions.csv', 'fitted.json', 'metrics.json', 'log.jsonl']),
      );
      expect(events).toContainEqual({ event: 'epoch', epoch: 1, epochs: 2, trainLoss: 1.5, validationLoss: 0.5, best: true }); // prettier-ignore
      expect(events).toContainEqual(expect.objectContaining({ stage: 'training', fraction: 1 }));
      expect(notices()).toContain('Fine-tuning job started');
      const [job] = [...api.jobs.values()];
      expect(job!.request).toMatchObject({ method: { supervised: { hyperparameters: { n_epochs: 2 } } } });
    },
    patience,
  );

  it(
    'sends prompts as chats without the columns that they do not tell, and deletes the files in the end',
    async () => {
      let sent = '';
      api.onJob = () => {
        sent = [...api.files.values()].map(({ name, content }) => name + content.toString()).join('\n');
      };
      await run(request());
      const lines = sent.split('\n').filter((line) => line.includes('{'));
      const first = JSON.parse(lines[0]!.slice(lines[0]!.indexOf('{'))) as { messages: { role: string }[] };
      expect(first.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
      expect(lines.length).toBe(32);
      const asked = api.exchanges.filter(({ path }) => path === '/chat/completions').map(({ body }) => body.toString());
      expect(sent + asked.join('')).not.toMatch(/confidential|note/);
      expect(api.deleted).toHaveLength(2);
      expect(api.files.size).toBe(0);
    },
    patience,
  );

  it(
    'says before it sends anything to OpenAI itself until when that fine-tunes, and says it of nobody else',
    async () => {
      await run(request());
      expect(notices().join()).not.toContain('OpenAI is ending');
      events = [];
      let sentBefore = 0;
      api.trouble = ({ method }) => {
        if (method === 'POST' && !notices().join().includes('OpenAI is ending')) sentBefore += 1;
        return undefined;
      };
      const restore = namesOnLoopback('api.openai.com');
      try {
        await run(request(), undefined, { address: api.address.replace('127.0.0.1', 'api.openai.com') });
      } finally {
        restore();
      }
      expect(sentBefore).toBe(0);
      const warning = { level: 'warning', message: expect.stringMatching(/2027-01-06.*2027-01-14/) as string };
      expect(events).toContainEqual({ event: 'notice', ...warning });
    },
    patience,
  );

  it(
    'is refused with what to do when its recipe trains nothing, before there is a folder or a file is sent',
    async () => {
      const wish = request({ set: ['training.steps=0'] });
      const refusal = { code: 'usage', hint: expect.stringContaining('lift in-context') as string };
      await expect(run(wish)).rejects.toMatchObject(refusal);
      await expect(plan(wish, { emit: () => undefined }, () => backend())).rejects.toMatchObject(refusal);
      expect(await readdir(folder)).not.toContain(basename(wish.out));
      expect(api.count('POST', /./)).toBe(0);
    },
    patience,
  );

  it(
    'is planned without sending anything, and says what it would cost',
    async () => {
      const planned = await plan(request(), { emit: () => undefined }, () => backend({ price: 3 }));
      expect(planned).toMatchObject({
        destination: `the service at ${api.address}`,
        upload: { rows, columns: ['width', 'colour', 'price', 'size'], weights: false },
      });
      expect(planned.cost).toMatch(/^about [\d,]+ tokens to train on .*, about \d+\.\d\d at 3 for a million/);
      expect(api.count('POST', /./)).toBe(0);
    },
    patience,
  );

  it.each([
    ['chat', /chat/],
    ['completion', /^\/completions/],
  ] as const)(
    'predicts and measures other tables through the service (%s)',
    async (format, path) => {
      const wish = request();
      await run(wish, undefined, { format });
      expect(api.count('POST', path)).toBe(14);
      const asked = { run: wish.out, dataset: join(folder, 'flowers.csv') };
      const opened: unknown[] = [];
      const open = (choice: OpenAiChoice): ReturnType<typeof backend> => {
        opened.push(choice.kind);
        return backend({ format });
      };
      const context = { emit: () => undefined };
      const result = await predict(asked, context, open as never);
      expect(result.rows).toBe(rows);
      expect((await evaluate(asked, context, open as never)).metrics.accuracy).toBeGreaterThan(0.7);
      expect(opened).toEqual(['openai', 'openai']);
      const elsewhere = { ...asked, backend: { kind: 'local' } } as const;
      await expect(predict(elsewhere, context, open as never)).rejects.toMatchObject({ code: 'usage' });
      const out = join(folder, 'exported');
      await expect(exportRun({ run: wish.out, format: 'peft', out }, context)).rejects.toThrow(
        'stays with the service',
      );
    },
    patience,
  );

  it(
    'reads text where the service tells no log-probabilities, and says so',
    async () => {
      api.scores = false;
      const result = await run(request());
      expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
      expect(result.metrics.test.auc).toBeUndefined();
      expect(notices().join()).toContain('no log-probabilities');
    },
    patience,
  );

  it(
    'reads numbers, asking again for those that cannot be read, with the training mean as the last resort',
    async () => {
      api.trouble = ({ path, body }) => {
        if (path !== '/chat/completions' || !body.includes('"temperature":0,')) return undefined;
        const choice = { index: 0, finish_reason: 'stop', logprobs: null, message: { role: 'assistant', content: 'dunno', refusal: null } }; // prettier-ignore
        const facts = { id: 'x', object: 'chat.completion', created: 1, model: 'm' };
        return { status: 200, body: { ...facts, choices: [choice] } };
      };
      const result = await run(request({ target: 'price', task: 'regression' }));
      expect(result.fallbacks).toEqual({ 'asked again': 14 });
      expect(result.metrics.test.r2).toBeGreaterThan(0.5);
    },
    patience,
  );

  it(
    'takes the model of the epoch with the lowest validation loss',
    async () => {
      api.onJob = (job) => {
        keepCheckpoints(job, [0.3, 0.5]);
      };
      const wish = request();
      await run(wish);
      expect((await readJobState(runFolderAt(wish.out)))?.model).toBe('ft:base-1:checkpoint-0');
      expect(notices().join()).toContain('The model of step 2 is taken');
    },
    patience,
  );

  it(
    'writes no key anywhere',
    async () => {
      const wish = request();
      await run(wish);
      expect(await everythingIn(wish.out)).not.toMatch(/sk-0123|header-secret/);
      expect(JSON.stringify(events)).not.toMatch(/sk-0123|header-secret/);
      expect(api.exchanges.every(({ body }) => !body.includes(secret))).toBe(true);
    },
    patience,
  );
});

describe('trouble with an OpenAI-compatible service', () => {
  const notAvailable = errorBody(`Fine-tuning is not available, ${secret}.`, 'training_not_available');

  it.each([
    [
      'a wrong key',
      /files/,
      { status: 401, body: errorBody(`Incorrect key ${secret}`) },
      'unauthorized',
      'LIFT_OPENAI_KEY',
    ],
    ['no fine-tuning', /jobs/, { status: 403, body: notAvailable }, 'unauthorized', '2027-01-06'],
    [
      'a key that may not',
      /files/,
      { status: 403, body: errorBody('Not yours', 'forbidden') },
      'unauthorized',
      'Not yours',
    ],
    [
      'no credit',
      /jobs/,
      { status: 429, body: errorBody('You exceeded it', 'insufficient_quota') },
      'unauthorized',
      'credit',
    ],
    ['another server', /files/, { status: 404, body: errorBody('Invalid URL') }, 'usage', 'usually ends in /v1'],
    ['a server that stays broken', /files/, { status: 500, body: errorBody('oh') }, 'network', 'status 500'],
    ['a server that drips', /files/, 'drip', 'network', 'no whole answer'],
    ['a server that is silent', /files/, 'stall', 'network', 'no answer'],
    ['answers that end in the middle', /files/, 'cut', 'network', 'cannot be reached'],
  ] as const)(
    'ends with the reason: %s',
    async (_, path, answer, code, words) => {
      api.trouble = (seen) => (path.test(seen.path) ? answer : undefined);
      if (answer === 'stall' || answer === 'drip') limits = { stall: 300, answerLimit: 600 };
      const wish = request();
      const error = await run(wish).then(
        () => undefined,
        (cause: unknown) => cause as Error & { hint: string },
      );
      expect(error).toMatchObject({ code });
      expect(`${error!.message} ${error!.hint}`).toContain(words);
      expect(`${error!.message} ${error!.hint}${await everythingIn(wish.out)}`).not.toContain(secret);
      expect((await readRunState(runFolderAt(wish.out))).state).toBe('failed');
    },
    patience,
  );

  it(
    'is waited out where it passes: 429 with Retry-After, 500, cut answers of every kind of request',
    async () => {
      const troubled = new Map<string, number>();
      api.trouble = ({ method, path }) => {
        const kind = `${method} ${path}`;
        const times = (troubled.get(kind) ?? 0) + 1;
        troubled.set(kind, times);
        // The upload and the job must not be made twice: only that their answer is 429 says that they were not.
        const isOnce = method === 'POST' && !path.includes('completions');
        const limited = { status: 429, body: errorBody('Slow down', 'rate_limit_exceeded'), headers: { 'retry-after': '0' } }; // prettier-ignore
        if (times === 1) return limited;
        if (times === 2 && !isOnce) return { status: 500, body: errorBody('oh') };
        return undefined;
      };
      await run(request());
      expect(troubled.size).toBeGreaterThan(6);
      expect(api.jobs.size).toBe(1);
      expect(api.deleted).toHaveLength(2);
    },
    patience,
  );

  it(
    'sends nothing twice though the answers to uploads and to the job are lost',
    async () => {
      const cut = new Set<string>();
      const real = api as unknown as { answer: (seen: unknown) => { status: number } };
      api.trouble = (seen) => {
        const isOnce = seen.method === 'POST' && /^\/(files|fine_tuning\/jobs)$/.test(seen.path);
        const kind = `${seen.path} ${isOnce && seen.path === '/files' ? (seen.body.includes('validation.jsonl') ? 'v' : 't') : ''}`;
        if (!isOnce || cut.has(kind)) return undefined;
        cut.add(kind);
        real.answer(seen);
        return 'cut';
      };
      await run(request());
      expect(cut.size).toBe(3);
      expect(api.jobs.size).toBe(1);
      expect(api.count('POST', /^\/files$/)).toBe(2);
      expect(api.count('POST', /jobs$/)).toBe(1);
      expect(api.deleted).toHaveLength(2);
    },
    patience,
  );

  it(
    'tells every event once, however often the service repeats it',
    async () => {
      api.onJob = (job) => {
        tellSteps(job);
        job.events = [...job.events, ...job.events];
      };
      await run(request());
      expect(events.filter(({ event }) => event === 'epoch')).toHaveLength(2);
      expect(notices().filter((message) => message === 'Fine-tuning job started')).toHaveLength(1);
    },
    patience,
  );

  it(
    'tells how far a job is though its events came all at once',
    async () => {
      api.course = [...Array<string>(100).fill('running'), 'succeeded'];
      api.onJob = (job) => {
        tellSteps(job);
        job.events.splice(0, 2);
      };
      await run(request());
      const progress = { event: 'progress', stage: 'training', step: 2, steps: 4, fraction: 0.5 };
      expect(events).toContainEqual(expect.objectContaining(progress));
    },
    patience,
  );

  it(
    'says why a job has failed, and begins another one with the same files when it is resumed',
    async () => {
      api.course = ['running', 'failed'];
      api.onJob = (job) => {
        job.error = { code: 'invalid_training_file', message: 'Too few examples', param: 'training_file' };
      };
      const wish = request();
      await expect(run(wish)).rejects.toThrow(/failed: Too few examples \(invalid_training_file\)/);
      expect(api.deleted).toHaveLength(0);
      api.course = ['succeeded'];
      await run(resumed(wish));
      expect(api.count('POST', /^\/files$/)).toBe(2);
      expect(api.jobs.size).toBe(2);
    },
    patience,
  );

  it(
    'is left alone when its watcher leaves, and found again with nothing sent or told twice',
    async () => {
      const leave = new AbortController();
      api.onJob = tellSteps;
      api.course = ['running'];
      api.trouble = () => {
        if (events.some(({ event }) => event === 'epoch')) leave.abort(leaving);
        return undefined;
      };
      const wish = request();
      await expect(run(wish, leave.signal)).rejects.toMatchObject({ code: 'cancelled' });
      expect(api.count('POST', /cancel/)).toBe(0);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out))).toBe(true);
      api.course = ['succeeded'];
      const before = events.filter(({ event }) => event === 'epoch').length;
      await run(resumed(wish));
      expect(events.filter(({ event }) => event === 'epoch').length - before).toBe(2 - before);
      expect(api.count('POST', /^\/files$/)).toBe(2);
      expect(api.jobs.size).toBe(1);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out))).toBe(false);
    },
    patience,
  );

  it(
    'is cancelled there when it is stopped here, and its files are deleted',
    async () => {
      const stop = new AbortController();
      api.course = ['running'];
      api.onJob = () => {
        stop.abort();
      };
      const wish = request();
      await expect(run(wish, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
      expect([...api.jobs.values()].map(({ status }) => status)).toEqual(['cancelled']);
      expect(api.files.size).toBe(0);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out))).toBe(false);
    },
    patience,
  );

  it(
    'asks under the name of a deployment where a trained model needs one, without training again',
    async () => {
      api.trouble = ({ path, body }) =>
        path === '/chat/completions' && !body.includes('"mine"')
          ? { status: 404, body: errorBody('The deployment does not exist', 'DeploymentNotFound') }
          : undefined;
      const wish = request();
      await expect(run(wish)).rejects.toMatchObject({ code: 'model-not-found' });
      api.models.set('mine', [...api.models.values()][0]!);
      await run(resumed(wish), undefined, { deployment: 'mine' });
      expect(api.jobs.size).toBe(1);
      expect(api.count('POST', /^\/files$/)).toBe(2);
    },
    patience,
  );

  it(
    'finds out what a service does not know: fields of a job, of a question',
    async () => {
      api.trouble = ({ path, body }) => {
        const text = body.toString();
        const refuse = (field: string): { status: number; body: unknown } => {
          return { status: 400, body: errorBody(`Unsupported parameter: '${field}'`, null, field) };
        };
        if (path === '/fine_tuning/jobs' && text.includes('"method"')) return refuse('method');
        if (path === '/chat/completions' && text.includes('"max_tokens"')) return refuse('max_tokens');
        if (path === '/chat/completions' && text.includes('"top_logprobs"')) return refuse('top_logprobs');
        return undefined;
      };
      const result = await run(request());
      expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
      expect([...api.jobs.values()][0]!.request).toMatchObject({ hyperparameters: { n_epochs: 2 } });
    },
    patience,
  );

  it('asks which model when none is named', async () => {
    await expect(run(request({ model: undefined }))).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining('--model') as string }); // prettier-ignore
  });
});

describe.skipIf(!hasContract)("OpenAI's own description of the API (skipped: it is not beside the project)", () => {
  it('tells a wrong request and a wrong answer apart from right ones', () => {
    const seen = { method: 'POST', path: '/fine_tuning/jobs', query: new URLSearchParams(), authorization: undefined, type: 'application/json' }; // prettier-ignore
    const wrong = { ...seen, body: Buffer.from('{"model":"m","method":{"type":"x"}}'), status: 200, answer: { id: 1 } };
    expect(contract!.problems(wrong).length).toBeGreaterThan(4);
    expect(contract!.problems({ ...wrong, path: '/unknown' })).toHaveLength(1);
  });
});
