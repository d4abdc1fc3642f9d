import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJobState } from '../../../../src/core/backends/jobs/state';
import type { OpenAiChoice } from '../../../../src/core/run/backend-choice';
import { evaluate } from '../../../../src/core/run/evaluate';
import { exportRun } from '../../../../src/core/run/export/export';
import { plan } from '../../../../src/core/run/plan';
import { predict } from '../../../../src/core/run/predict';
import { runFolderAt } from '../../../../src/core/run/folder/run-folder';
import { readRunState } from '../../../../src/core/run/folder/run-state';
import { everythingIn } from '../../../helpers/everything-in';
import { namesOnLoopback } from '../../../helpers/names-on-loopback';
import type { FakeJob } from './fake-openai';
import { openAiRuns, patience, rows, secret, tellSteps } from './openai-runs';

const runs = openAiRuns();

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
      runs.api.onJob = tellSteps;
      const wish = runs.request();
      const result = await runs.run(wish);
      expect(result.metrics.test.count).toBe(8);
      expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
      expect(result.metrics.test.auc).toBeDefined();
      expect(await readRunState(runFolderAt(wish.out))).toMatchObject({
        state: 'done',
        model: { id: 'base-1' },
        backend: { kind: 'openai', address: runs.api.address },
      });
      expect(await readdir(wish.out)).toEqual(
        expect.arrayContaining(['predictions.csv', 'fitted.json', 'metrics.json', 'log.jsonl']),
      );
      expect(runs.events).toContainEqual({ event: 'epoch', epoch: 1, epochs: 2, trainLoss: 1.5, validationLoss: 0.5, best: true }); // prettier-ignore
      expect(runs.events).toContainEqual(expect.objectContaining({ stage: 'training', fraction: 1 }));
      expect(runs.notices).toContain('Fine-tuning job started');
      const [job] = [...runs.api.jobs.values()];
      expect(job!.request).toMatchObject({ method: { supervised: { hyperparameters: { n_epochs: 2 } } } });
    },
    patience,
  );

  it(
    'sends prompts as chats without the columns that they do not tell, and deletes the files in the end',
    async () => {
      let sent = '';
      runs.api.onJob = () => {
        sent = [...runs.api.files.values()].map(({ name, content }) => name + content.toString()).join('\n');
      };
      await runs.run(runs.request());
      const lines = sent.split('\n').filter((line) => line.includes('{'));
      const first = JSON.parse(lines[0]!.slice(lines[0]!.indexOf('{'))) as { messages: { role: string }[] };
      expect(first.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
      expect(lines.length).toBe(32);
      const asked = runs.api.exchanges
        .filter(({ path }) => path === '/chat/completions')
        .map(({ body }) => body.toString());
      expect(sent + asked.join('')).not.toMatch(/confidential|note/);
      expect(runs.api.deleted).toHaveLength(2);
      expect(runs.api.files.size).toBe(0);
    },
    patience,
  );

  it(
    'says before it sends anything to OpenAI itself until when that fine-tunes, and says it of nobody else',
    async () => {
      await runs.run(runs.request());
      expect(runs.notices.join()).not.toContain('OpenAI is ending');
      runs.events = [];
      let sentBefore = 0;
      runs.api.trouble = ({ method }) => {
        if (method === 'POST' && !runs.notices.join().includes('OpenAI is ending')) sentBefore += 1;
        return undefined;
      };
      const restore = namesOnLoopback('api.openai.com');
      try {
        await runs.run(runs.request(), undefined, { address: runs.api.address.replace('127.0.0.1', 'api.openai.com') });
      } finally {
        restore();
      }
      expect(sentBefore).toBe(0);
      const warning = { level: 'warning', message: expect.stringMatching(/2027-01-06.*2027-01-14/) as string };
      expect(runs.events).toContainEqual(expect.objectContaining({ event: 'notice', ...warning }));
    },
    patience,
  );

  it(
    'is refused with what to do when its recipe trains nothing, before there is a folder or a file is sent',
    async () => {
      const wish = runs.request({ set: ['training.steps=0'] });
      const refusal = { code: 'usage', hint: expect.stringContaining('lift in-context') as string };
      await expect(runs.run(wish)).rejects.toMatchObject(refusal);
      await expect(plan(wish, { emit: () => undefined }, () => runs.backend())).rejects.toMatchObject(refusal);
      expect(await readdir(runs.folder)).not.toContain(basename(wish.out));
      expect(runs.api.count('POST', /./)).toBe(0);
    },
    patience,
  );

  it(
    'is refused when its recipe has a first stage, which only this machine does',
    async () => {
      const wish = runs.request({ set: ['training.pretext.tasks=2'] });
      await expect(runs.run(wish)).rejects.toMatchObject({ code: 'recipe-invalid' });
      expect(runs.api.exchanges).toEqual([]);
    },
    patience,
  );

  it(
    'is planned without sending anything, and says what it would cost',
    async () => {
      const planned = await plan(runs.request(), { emit: () => undefined }, () => runs.backend({ price: 3 }));
      expect(planned).toMatchObject({
        destination: `the service at ${runs.api.address}`,
        upload: { rows, columns: ['width', 'colour', 'price', 'size'], weights: false },
      });
      expect(planned.cost).toMatch(/^about [\d,]+ tokens to train on .*, about \d+\.\d\d at 3 for a million/);
      expect(runs.api.count('POST', /./)).toBe(0);
    },
    patience,
  );

  it.each([
    ['chat', /chat/],
    ['completion', /^\/completions/],
  ] as const)(
    'predicts and measures other tables through the service (%s)',
    async (format, path) => {
      const wish = runs.request();
      await runs.run(wish, undefined, { format });
      expect(runs.api.count('POST', path)).toBe(14);
      const asked = { run: wish.out, dataset: runs.table };
      const opened: unknown[] = [];
      const open = (choice: OpenAiChoice): ReturnType<typeof runs.backend> => {
        opened.push(choice.kind);
        return runs.backend({ format });
      };
      const context = { emit: () => undefined };
      const result = await predict(asked, context, open as never);
      expect(result.rows).toBe(rows);
      expect((await evaluate(asked, context, open as never)).metrics.accuracy).toBeGreaterThan(0.7);
      expect(opened).toEqual(['openai', 'openai']);
      const elsewhere = { ...asked, backend: { kind: 'local' } } as const;
      await expect(predict(elsewhere, context, open as never)).rejects.toMatchObject({ code: 'usage' });
      const out = join(runs.folder, 'exported');
      await expect(exportRun({ run: wish.out, format: 'peft', out }, context)).rejects.toThrow(
        'stays with the service',
      );
    },
    patience,
  );

  it(
    'reads text where the service tells no log-probabilities, and says so',
    async () => {
      runs.api.scores = false;
      const result = await runs.run(runs.request());
      expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
      expect(result.metrics.test.auc).toBeUndefined();
      expect(runs.notices.join()).toContain('no log-probabilities');
    },
    patience,
  );

  it(
    'reads numbers, asking again for those that cannot be read, with the training mean as the last resort',
    async () => {
      runs.api.trouble = ({ path, body }) => {
        if (path !== '/chat/completions' || !body.includes('"temperature":0,')) return undefined;
        const choice = { index: 0, finish_reason: 'stop', logprobs: null, message: { role: 'assistant', content: 'dunno', refusal: null } }; // prettier-ignore
        const facts = { id: 'x', object: 'chat.completion', created: 1, model: 'm' };
        return { status: 200, body: { ...facts, choices: [choice] } };
      };
      const result = await runs.run(runs.request({ target: 'price', task: 'regression' }));
      expect(result.fallbacks).toEqual({ 'asked again': 14 });
      expect(result.metrics.test.r2).toBeGreaterThan(0.5);
    },
    patience,
  );

  it(
    'takes the model of the epoch with the lowest validation loss',
    async () => {
      runs.api.onJob = (job) => {
        keepCheckpoints(job, [0.3, 0.5]);
      };
      const wish = runs.request();
      await runs.run(wish);
      expect((await readJobState(runFolderAt(wish.out)))?.model).toBe('ft:base-1:checkpoint-0');
      expect(runs.notices.join()).toContain('The model of step 2 is taken');
    },
    patience,
  );

  it(
    'writes no key anywhere',
    async () => {
      const wish = runs.request();
      await runs.run(wish);
      expect(await everythingIn(wish.out)).not.toMatch(/sk-0123|header-secret/);
      expect(JSON.stringify(runs.events)).not.toMatch(/sk-0123|header-secret/);
      expect(runs.api.exchanges.every(({ body }) => !body.includes(secret))).toBe(true);
    },
    patience,
  );
});
