import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult } from '../helpers/cli-process';
import { flowersCsv } from '../helpers/tables';
import { writeTinyModelFolder } from '../helpers/tiny-model-folder';

const patience = 120_000;

let folder: string;
let cli: string;

const lift = (...args: string[]): Promise<CliResult> => new CliProcess(cli, args, folder).ended;
const read = (...parts: string[]): Promise<string> => readFile(join(folder, ...parts), 'utf8');

beforeAll(async () => {
  folder = await temporaryFolder();
  cli = await bundleCli(join(folder, 'dist'));
  await writeTinyModelFolder(join(folder, 'model'));
  await writeTinyModelFolder(join(folder, 'wide'), 'llama', 800);
  await writeFile(join(folder, 'flowers.csv'), flowersCsv(60));
}, patience);

const asked = ['flowers.csv', '--target', 'size', '--model', 'model', '--threads', '1', '--json'];

describe('prediction without fine-tuning', () => {
  it('leaves a run as any other, in which nothing was trained', async () => {
    const result = await lift('in-context', ...asked, '--rows', '2', '--pick', 'same', '--out', 'few');
    const events = eventsOf(result);
    expect(events.at(-1)).toMatchObject({ event: 'done', metrics: { test: { count: 12 } } });
    expect(events.filter(({ event }) => event === 'epoch')).toEqual([]);
    expect(JSON.parse(await read('few', 'recipe.lift.json'))).toMatchObject({
      examples: { rows: 2, select: 'same' },
      training: { steps: 0, method: 'lora' },
    });
    expect(JSON.parse(await read('few', 'run.json'))).toMatchObject({ state: 'done' });

    const again = await lift('predict', 'few', 'flowers.csv', '--threads', '1', '--out', 'again.csv');
    expect(again.code).toBe(0);
    expect((await read('again.csv')).trimEnd().split('\n')).toHaveLength(61);
  });

  it('takes as many rows as the model can read, and says so in the recipe', async () => {
    const args = ['flowers.csv', '--target', 'size', '--model', 'wide', '--threads', '1', '--json', '--no-baselines'];
    const result = await lift('in-context', ...args, '--rows', 'max', '--out', 'many');
    expect(eventsOf(result).at(-1)).toMatchObject({ event: 'done' });
    const recipe = JSON.parse(await read('many', 'recipe.lift.json')) as { examples: { rows: number } };
    // A row takes about a hundred of the 800 tokens, each of which is a byte here.
    expect(recipe.examples.rows).toBeGreaterThan(4);
    expect(recipe.examples.rows).toBeLessThan(12);
    // As they are known to fit, none has to be left out again.
    expect(result.out).not.toContain('were left out');
  });

  it('asks for a number of rows that is one', async () => {
    const result = await lift('in-context', ...asked, '--rows', 'some');
    expect(result.code).toBe(2);
    expect(eventsOf(result).at(-1)).toMatchObject({ event: 'error', code: 'usage' });
  });
});
