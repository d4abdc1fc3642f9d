import { describe, expect, it } from 'vitest';
import { isUnderWayElsewhere } from '../../../../src/core/backends/jobs/state';
import { leaving } from '../../../../src/core/run/backend';
import { runFolderAt } from '../../../../src/core/run/folder/run-folder';
import { readRunState } from '../../../../src/core/run/folder/run-state';
import { everythingIn } from '../../../helpers/everything-in';
import { errorBody } from './fake-openai';
import { openAiRuns, patience, secret, tellSteps } from './openai-runs';

const runs = openAiRuns();

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
      runs.api.trouble = (seen) => (path.test(seen.path) ? answer : undefined);
      if (answer === 'stall' || answer === 'drip') runs.limits = { stall: 300, answerLimit: 600 };
      const wish = runs.request();
      const error = await runs.run(wish).then(
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
      runs.api.trouble = ({ method, path }) => {
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
      await runs.run(runs.request());
      expect(troubled.size).toBeGreaterThan(6);
      expect(runs.api.jobs.size).toBe(1);
      expect(runs.api.deleted).toHaveLength(2);
    },
    patience,
  );

  it(
    'sends nothing twice though the answers to uploads and to the job are lost',
    async () => {
      const cut = new Set<string>();
      const real = runs.api as unknown as { answer: (seen: unknown) => { status: number } };
      runs.api.trouble = (seen) => {
        const isOnce = seen.method === 'POST' && /^\/(files|fine_tuning\/jobs)$/.test(seen.path);
        const kind = `${seen.path} ${isOnce && seen.path === '/files' ? (seen.body.includes('validation.jsonl') ? 'v' : 't') : ''}`;
        if (!isOnce || cut.has(kind)) return undefined;
        cut.add(kind);
        real.answer(seen);
        return 'cut';
      };
      await runs.run(runs.request());
      expect(cut.size).toBe(3);
      expect(runs.api.jobs.size).toBe(1);
      expect(runs.api.count('POST', /^\/files$/)).toBe(2);
      expect(runs.api.count('POST', /jobs$/)).toBe(1);
      expect(runs.api.deleted).toHaveLength(2);
    },
    patience,
  );

  it(
    'tells every event once, however often the service repeats it',
    async () => {
      runs.api.onJob = (job) => {
        tellSteps(job);
        job.events = [...job.events, ...job.events];
      };
      await runs.run(runs.request());
      expect(runs.events.filter(({ event }) => event === 'epoch')).toHaveLength(2);
      expect(runs.notices.filter((message) => message === 'Fine-tuning job started')).toHaveLength(1);
    },
    patience,
  );

  it(
    'tells how far a job is though its runs.events came all at once',
    async () => {
      runs.api.course = [...Array<string>(100).fill('running'), 'succeeded'];
      runs.api.onJob = (job) => {
        tellSteps(job);
        job.events.splice(0, 2);
      };
      await runs.run(runs.request());
      const progress = { event: 'progress', stage: 'training', step: 2, steps: 4, fraction: 0.5 };
      expect(runs.events).toContainEqual(expect.objectContaining(progress));
    },
    patience,
  );

  it(
    'says why a job has failed, and begins another one with the same files when it is resumed',
    async () => {
      runs.api.course = ['running', 'failed'];
      runs.api.onJob = (job) => {
        job.error = { code: 'invalid_training_file', message: 'Too few examples', param: 'training_file' };
      };
      const wish = runs.request();
      await expect(runs.run(wish)).rejects.toThrow(/failed: Too few examples \(invalid_training_file\)/);
      expect(runs.api.deleted).toHaveLength(0);
      runs.api.course = ['succeeded'];
      await runs.run(runs.resumed(wish));
      expect(runs.api.count('POST', /^\/files$/)).toBe(2);
      expect(runs.api.jobs.size).toBe(2);
    },
    patience,
  );

  it(
    'is left alone when its watcher leaves, and found again with nothing sent or told twice',
    async () => {
      const leave = new AbortController();
      runs.api.onJob = tellSteps;
      runs.api.course = ['running'];
      runs.api.trouble = () => {
        if (runs.events.some(({ event }) => event === 'epoch')) leave.abort(leaving);
        return undefined;
      };
      const wish = runs.request();
      await expect(runs.run(wish, leave.signal)).rejects.toMatchObject({ code: 'cancelled' });
      expect(runs.api.count('POST', /cancel/)).toBe(0);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out))).toBe(true);
      runs.api.course = ['succeeded'];
      const before = runs.events.filter(({ event }) => event === 'epoch').length;
      await runs.run(runs.resumed(wish));
      expect(runs.events.filter(({ event }) => event === 'epoch').length - before).toBe(2 - before);
      expect(runs.api.count('POST', /^\/files$/)).toBe(2);
      expect(runs.api.jobs.size).toBe(1);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out))).toBe(false);
    },
    patience,
  );

  it(
    'is cancelled there when it is stopped here, and its files are deleted',
    async () => {
      const stop = new AbortController();
      runs.api.course = ['running'];
      runs.api.onJob = () => {
        stop.abort();
      };
      const wish = runs.request();
      await expect(runs.run(wish, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
      expect([...runs.api.jobs.values()].map(({ status }) => status)).toEqual(['cancelled']);
      expect(runs.api.files.size).toBe(0);
      expect(await isUnderWayElsewhere(runFolderAt(wish.out))).toBe(false);
    },
    patience,
  );

  it(
    'asks under the name of a deployment where a trained model needs one, without training again',
    async () => {
      runs.api.trouble = ({ path, body }) =>
        path === '/chat/completions' && !body.includes('"mine"')
          ? { status: 404, body: errorBody('The deployment does not exist', 'DeploymentNotFound') }
          : undefined;
      const wish = runs.request();
      await expect(runs.run(wish)).rejects.toMatchObject({ code: 'model-not-found' });
      runs.api.models.set('mine', [...runs.api.models.values()][0]!);
      await runs.run(runs.resumed(wish), undefined, { deployment: 'mine' });
      expect(runs.api.jobs.size).toBe(1);
      expect(runs.api.count('POST', /^\/files$/)).toBe(2);
    },
    patience,
  );

  it(
    'finds out what a service does not know: fields of a job, of a question',
    async () => {
      runs.api.trouble = ({ path, body }) => {
        const text = body.toString();
        const refuse = (field: string): { status: number; body: unknown } => {
          return { status: 400, body: errorBody(`Unsupported parameter: '${field}'`, null, field) };
        };
        if (path === '/fine_tuning/jobs' && text.includes('"method"')) return refuse('method');
        if (path === '/chat/completions' && text.includes('"max_tokens"')) return refuse('max_tokens');
        if (path === '/chat/completions' && text.includes('"top_logprobs"')) return refuse('top_logprobs');
        return undefined;
      };
      const result = await runs.run(runs.request());
      expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
      expect([...runs.api.jobs.values()][0]!.request).toMatchObject({ hyperparameters: { n_epochs: 2 } });
    },
    patience,
  );

  it('asks which model when none is named', async () => {
    await expect(runs.run(runs.request({ model: undefined }))).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining('--model') as string }); // prettier-ignore
  });
});
