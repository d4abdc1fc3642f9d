import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult, JsonEvent } from '../helpers/cli-process';
import { processExists } from '../helpers/processes';
import { flowersCsv } from '../helpers/tables';
import { writeTinyModelFolder } from '../helpers/tiny-model-folder';

/** Programs take their time to start on a busy machine. */
const patience = 120_000;

let folder: string;
let cli: string;

const pathIn = (...parts: string[]): string => join(folder, ...parts);
const start = (...args: string[]): CliProcess => new CliProcess(cli, args, folder);
const adapterOf = (run: string): Promise<Buffer> => readFile(pathIn(run, 'adapter', 'adapter_model.safetensors'));

async function json(...parts: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(pathIn(...parts), 'utf8')) as Record<string, unknown>;
}

function fineTune(run: string): CliProcess {
  const set = ['training.epochs=6', 'training.learningRate=0.01', 'training.patience=0', 'training.lora.dropout=0.1'];
  const fields = set.flatMap((field) => ['--set', field]);
  const args = ['flowers.csv', '--target', 'size', '--model', 'model', '--threads', '1', '--out', run, ...fields];
  return start('fine-tune', ...args, '--no-baselines', '--json');
}

/** Calls back once, when the second epoch of training is over. */
function afterTwoEpochs(process: CliProcess, act: () => void): CliProcess {
  return process.onEvent((event: JsonEvent) => {
    if (event.event === 'epoch' && event.epoch === 2) act();
  });
}

async function resume(run: string): Promise<JsonEvent[]> {
  const result = await start('fine-tune', '--resume', run, '--threads', '1', '--no-baselines', '--json').ended;
  expect(result.code).toBe(0);
  return eventsOf(result);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  cli = await bundleCli(pathIn('dist'));
  await writeTinyModelFolder(pathIn('model'));
  await writeFile(pathIn('flowers.csv'), flowersCsv(120));
  expect((await fineTune('whole').ended).code).toBe(0);
}, patience);

describe('Ctrl-C', () => {
  let result: CliResult;

  beforeAll(async () => {
    const process = fineTune('cancelled');
    result = await afterTwoEpochs(process, () => {
      process.kill('SIGINT');
    }).ended;
  }, patience);

  it('ends the run, says that the best checkpoint is kept, and how to resume', async () => {
    expect(result.code).toBe(1);
    expect(eventsOf(result).at(-1)).toEqual({
      event: 'error',
      code: 'cancelled',
      message: 'Cancelled; the best checkpoint so far is kept.',
      hint: `Resume with: lift fine-tune --resume "${pathIn('cancelled')}"`,
    });
    // On a busy machine the engine may still be writing its checkpoint when the command line has answered.
    await expect.poll(() => json('cancelled', 'run.json'), { timeout: patience }).toMatchObject({ state: 'stopped' });
    const refused = await start('predict', 'cancelled', 'flowers.csv').ended;
    expect(refused.err).toContain('is not done, it is stopped');
  });

  it('lets the run be resumed from where it was to the very same bytes', async () => {
    const events = await resume('cancelled');
    const epochs = events.filter(({ event }) => event === 'epoch').map(({ epoch }) => epoch);
    expect(epochs).toEqual([3, 4, 5, 6]);
    expect((await adapterOf('cancelled')).equals(await adapterOf('whole'))).toBe(true);
    expect(await readFile(pathIn('cancelled', 'predictions.csv'))).toEqual(
      await readFile(pathIn('whole', 'predictions.csv')),
    );
  });

  it('leaves nothing to resume in a run that is done, and resumes no changed table', async () => {
    const done = await start('fine-tune', '--resume', 'cancelled').ended;
    expect(done.err).toContain('is done');
    const changing = await start('fine-tune', '--resume', 'cancelled', '--seed', '3').ended;
    expect(changing.code).toBe(2);
  });
});

describe('an engine that is killed', () => {
  it('is a typed error that names the run, which resumes to the very same bytes', async () => {
    const process = fineTune('killed');
    const result = await afterTwoEpochs(process, () => {
      void json('killed', 'engine.json').then(({ pid }) => global.process.kill(pid as number, 'SIGKILL'));
    }).ended;
    expect(result.code).toBe(1);
    expect(result.err).toBe('');
    const error = eventsOf(result).at(-1)!;
    expect(error).toMatchObject({ event: 'error', code: 'engine-died' });
    expect(error.message).toContain('SIGKILL');
    expect(error.hint).toContain(`--resume "${pathIn('killed')}"`);

    await resume('killed');
    expect((await adapterOf('killed')).equals(await adapterOf('whole'))).toBe(true);
  });
});

describe('a command line that is killed', () => {
  it('takes its engine with it, and the run can be resumed', async () => {
    const process = fineTune('orphan');
    let engine: number | undefined;
    await afterTwoEpochs(process, () => {
      void json('orphan', 'engine.json').then(({ pid }) => {
        engine = pid as number;
        process.kill('SIGKILL');
      });
    }).ended;
    await expect.poll(() => processExists(engine!), { timeout: 10_000 }).toBe(false);
    await resume('orphan');
    expect((await adapterOf('orphan')).equals(await adapterOf('whole'))).toBe(true);
  });
});
