import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HfJobsService } from '../../../src/core/backends/hugging-face/service';
import { jobBackend } from '../../../src/core/backends/jobs/backend';
import { openAiBackend } from '../../../src/core/backends/openai/backend';
import type { Backend } from '../../../src/core/run/backend';
import { plan } from '../../../src/core/run/plan';
import { confirmUpload } from '../../../src/extension/remote/confirm-upload';
import { FakeHfJobs } from '../../core/backends/hugging-face/fake-hf-jobs';
import { FakeOpenAi } from '../../core/backends/openai/fake-openai';
import { namesOnLoopback } from '../../helpers/names-on-loopback';
import { temporaryFolder } from '../../helpers/bundle';
import { user } from '../../helpers/dialogs';
import { flowersCsv } from '../../helpers/tables';
import { writeTinyModelFolder } from '../../helpers/tiny-model-folder';

const send = { press: 'Send and Fine-Tune' };
const key = 'sk-0123456789-secret';
let folder: string;
let api: FakeOpenAi;

beforeAll(async () => {
  folder = await temporaryFolder();
  const [header, ...lines] = flowersCsv(40).trimEnd().split('\n');
  const told = lines.map((line, index) => `${line},confidential-${index}`);
  await writeFile(join(folder, 'flowers.csv'), [`${header},note`, ...told].join('\n'));
  await writeTinyModelFolder(join(folder, 'model'));
});

beforeEach(async () => {
  api = await FakeOpenAi.start();
});
afterEach(() => api.close());

/** Asks for consent to what this place says it would be sent. */
async function asked(backend: Backend, model: string, answer: typeof send | 'escape'): Promise<boolean> {
  const set = ['features.note.include=false', 'training.epochs=2', 'training.method=lora'];
  const wish = { dataset: join(folder, 'flowers.csv'), target: 'size', model, set, runsFolder: folder };
  const planned = await plan({ ...wish, baselines: false }, { emit: () => undefined }, () => backend);
  user.will(answer);
  return confirmUpload(planned);
}

const openAi = (address: string): Backend => openAiBackend({ kind: 'openai', address, price: 3 }, { key });
const shown = (): string => user.seen.map(({ text }) => text).join();

describe('the consent to send rows', () => {
  it('names rows, columns, size, place and cost, and neither left out columns nor the key', async () => {
    expect(await asked(openAi(api.address), 'base-1', send)).toBe(true);
    expect(shown()).toContain(`Send this to the service at ${api.address}?`);
    expect(shown()).toContain('Service: an OpenAI-compatible API with 1 model');
    expect(shown()).toContain('Rows: 40, written as prompts');
    expect(shown()).toContain('Columns: width, colour, price, size');
    expect(shown()).toMatch(/Size: \d+ kB/u);
    expect(shown()).toContain('What stays there: the trained model; the uploaded files are deleted.');
    expect(shown()).toMatch(/Cost: about [\d,]+ tokens .* in 2 epochs\), about \d+\.\d\d at 3 for a million/u);
    expect(shown()).not.toMatch(/note|confidential|sk-|OpenAI is ending/u);
    expect(api.count('POST', /./)).toBe(0);
  });

  it('says of OpenAI itself until when it fine-tunes', async () => {
    const restore = namesOnLoopback('api.openai.com');
    try {
      await asked(openAi(api.address.replace('127.0.0.1', 'api.openai.com')), 'base-1', 'escape');
    } finally {
      restore();
    }
    expect(shown()).toMatch(/⚠ OpenAI is ending fine-tuning: .*2027-01-06.*2027-01-14/u);
  });

  it('names the machine of the hub with the most that it can cost', async () => {
    const hub = await FakeHfJobs.start();
    try {
      hub.token = key;
      const choice = { kind: 'hf-jobs', flavor: 't4-small', minutes: 30 } as const;
      const service = new HfJobsService(choice, { endpoint: hub.endpoint, token: key });
      const backend = jobBackend(service, { workers: null, storage: null });
      expect(await asked(backend, join(folder, 'model'), 'escape')).toBe(false);
      expect(shown()).toContain(`Send this to Hugging Face Jobs at ${hub.endpoint}?`);
      expect(shown()).toContain('Cost: t4-small, 30 minutes at most: up to 0.20 USD (0.40 USD an hour)');
      expect(hub.count('POST', /./)).toBe(0);
    } finally {
      await hub.close();
    }
  });

  it('is not given by leaving the dialog', async () => {
    expect(await asked(openAi(api.address), 'base-1', 'escape')).toBe(false);
  });

  it('is not asked for where nothing leaves the machine', async () => {
    user.will();
    expect(await confirmUpload({ destination: 'this machine', service: 'LIFT', warnings: [] })).toBe(true);
    expect(user.seen).toEqual([]);
  });
});
