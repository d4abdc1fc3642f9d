import { existsSync, rmSync } from 'node:fs';
import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult } from '../helpers/cli-process';
import { flowersCsv } from '../helpers/tables';
import { writeTinyModelFolder } from '../helpers/tiny-model-folder';

const patience = 180_000;

let folder: string;
let cli: string;

const lift = (...args: string[]): Promise<CliResult> => new CliProcess(cli, args, folder).ended;
const pathIn = (...parts: string[]): string => join(folder, ...parts);
const rowsOf = async (file: string): Promise<string[][]> => parse(await readFile(pathIn(file), 'utf8'));

beforeAll(async () => {
  folder = await temporaryFolder();
  cli = await bundleCli(join(folder, 'dist'));
  await writeTinyModelFolder(pathIn('model'));
  await writeFile(pathIn('flowers.csv'), flowersCsv(60));
  const set = ['training.epochs=1', 'examples.rows=0', 'generation.epochs=2'].flatMap((field) => ['--set', field]);
  const args = ['flowers.csv', '--target', 'size', '--model', 'model', '--threads', '1', '--no-baselines', ...set];
  expect((await lift('fine-tune', ...args, '--out', 'run')).code).toBe(0);
}, patience);

describe('rows that are made', () => {
  it(
    'are all valid even from a model that knows nothing, and their likeness is measured',
    async () => {
      const asked = ['run', '--rows', '40', '--out', 'made.csv', '--report', 'made.html', '--threads', '1', '--json'];
      const result = await lift('generate', ...asked);
      const done = eventsOf(result).at(-1)!;
      expect(done).toMatchObject({
        event: 'done',
        rows: 40,
        copies: 0,
        fidelity: {
          valid: 1,
          tellingApartAuc: expect.any(Number) as number,
          usefulness: { measure: 'accuracy', made: expect.any(Number) as number, real: 1 },
        },
      });
      const [header, ...rows] = await rowsOf('made.csv');
      expect(header).toEqual(['width', 'colour', 'price', 'size']);
      expect(rows).toHaveLength(40);
      for (const [width, colour, price, size] of rows) {
        expect(width).toMatch(/^\d+$/);
        expect(['red', 'blue']).toContain(colour);
        expect(price).toMatch(/^\d+\.\d$/);
        expect(['small', 'large']).toContain(size);
      }
      const page = await readFile(pathIn('made.html'), 'utf8');
      expect(page).toContain('Telling apart (AUC)');
      expect(page.match(/<rect/g)!.length).toBeGreaterThan(40);
      expect(page).not.toMatch(/NaN|undefined|<script/);
    },
    patience,
  );

  it(
    'are learnt beside the real ones when the recipe says so, and counted',
    async () => {
      const set = ['training.augment.rows=12', 'training.epochs=1', 'examples.rows=0', 'generation.epochs=1'];
      const fields = set.flatMap((field) => ['--set', field]);
      const args = [
        'flowers.csv',
        '--target',
        'size',
        '--model',
        'model',
        '--threads',
        '1',
        '--no-baselines',
        ...fields,
      ];
      const result = await lift('fine-tune', ...args, '--out', 'augmented', '--json');
      expect(eventsOf(result).at(-1)).toMatchObject({ event: 'done', madeRows: 12 });
      expect(eventsOf(result).map(({ message }) => message)).toContain(
        '12 made rows are learnt beside the 38 real ones.',
      );
      expect((await rowsOf('augmented/made-rows.csv')).slice(1)).toHaveLength(12);
      const predicted = (await rowsOf('augmented/predictions.csv')).slice(1);
      expect(predicted).toHaveLength((await rowsOf('run/predictions.csv')).slice(1).length);
      const metrics = JSON.parse(await readFile(pathIn('augmented', 'metrics.json'), 'utf8')) as { madeRows: number };
      expect(metrics.madeRows).toBe(12);
    },
    patience,
  );

  it(
    'come from a model that is trained once for the columns that are given, alike for a seed, and meet conditions',
    async () => {
      const trained = async (order: string): Promise<number> =>
        (await stat(pathIn('run', 'generator', order, 'adapter'))).mtimeMs;
      const before = await trained('rows');
      const asked = ['run', '--rows', '8', '--threads', '1', '--where', 'colour=red', '--where', 'width=50'];
      const result = await lift('generate', ...asked, '--out', 'red.csv', '--report', 'red.html', '--json');
      expect(eventsOf(result).at(-1)).toMatchObject({ event: 'done', rows: 8 });
      expect(eventsOf(result).at(-1)!.fidelity).toBeUndefined();
      const conditioned = await trained('given-1-2');
      const [, ...rows] = await rowsOf('red.csv');
      for (const [width, colour] of rows) expect([width, colour]).toEqual(['50', 'red']);
      const page = await readFile(pathIn('red.html'), 'utf8');
      expect(page).toContain('with colour=red and width=50');
      expect(page).toContain('Some rows');
      expect(page).not.toMatch(/AUC|NaN|undefined/);
      expect((await lift('generate', ...asked, '--out', 'again.csv')).code).toBe(0);
      expect(await trained('given-1-2')).toBe(conditioned);
      expect(await trained('rows')).toBe(before);
      expect(await rowsOf('again.csv')).toEqual([...(await rowsOf('red.csv'))]);
      expect((await lift('generate', ...asked, '--out', 'other.csv', '--seed', '1')).code).toBe(0);
      expect(await rowsOf('other.csv')).not.toEqual([...(await rowsOf('red.csv'))]);
    },
    patience,
  );

  it(
    'are refused where they would be wrong',
    async () => {
      const table = await lift('generate', 'run', '--rows', '2', '--out', 'flowers.csv');
      expect(table.code).toBe(2);
      expect(await readFile(pathIn('flowers.csv'), 'utf8')).toBe(flowersCsv(60));
      const unknown = await lift('generate', 'run', '--rows', '2', '--out', 'x.csv', '--where', 'colour=green');
      expect(unknown.err).toContain('No training row has "green" in "colour".');
      const cold = await lift('generate', 'run', '--rows', '2', '--out', 'x.csv', '--temperature', '0');
      expect(cold.code).toBe(2);
    },
    patience,
  );

  it(
    'are refused before anything is learnt where they could not be written, or the model is not here',
    async () => {
      await cp(pathIn('run'), pathIn('fresh'), { recursive: true });
      await rm(pathIn('fresh', 'generator'), { recursive: true });
      const asked = ['generate', 'fresh', '--rows', '2', '--out'];
      const nowhere = await lift(...asked, join('nowhere', 'made.csv'));
      expect(nowhere.err).toContain(`There is no folder ${pathIn('nowhere')}.`);
      const named = await lift(...asked, 'fresh');
      expect(named.err).toContain(`${pathIn('fresh')} is a folder: no file can have its name.`);
      const state = JSON.parse(await readFile(pathIn('fresh', 'run.json'), 'utf8')) as object;
      const elsewhere = { ...state, backend: { kind: 'openai', address: 'https://api.example.org/v1' } };
      await writeFile(pathIn('fresh', 'run.json'), JSON.stringify(elsewhere));
      const service = await lift(...asked, 'made-there.csv');
      expect(service.err).toContain('the model of this run stays with the service that trained it');
      expect(existsSync(pathIn('fresh', 'generator'))).toBe(false);
    },
    patience,
  );

  it(
    'are not made of a run that is deleted meanwhile, which is said',
    async () => {
      await cp(pathIn('run'), pathIn('deleted'), { recursive: true });
      await rm(pathIn('deleted', 'generator'), { recursive: true });
      const set = await readFile(pathIn('deleted', 'recipe.lift.json'), 'utf8');
      await writeFile(pathIn('deleted', 'recipe.lift.json'), set.replace(/("generation"[^}]*"epochs": )\d+/u, '$1500'));
      const making = new CliProcess(cli, ['generate', 'deleted', '--rows', '2', '--out', 'late.csv', '--json'], folder);
      making.onEvent(({ event, epoch }) => {
        if (event === 'epoch' && epoch === 1) rmSync(pathIn('deleted'), { recursive: true });
      });
      const result = await making.ended;
      expect(eventsOf(result).at(-1)).toMatchObject({
        event: 'error',
        code: 'run-invalid',
        message: `The run in ${pathIn('deleted')} is gone: its folder was deleted or moved.`,
      });
      expect([existsSync(pathIn('deleted')), existsSync(pathIn('late.csv'))]).toEqual([false, false]);
    },
    patience,
  );
});
