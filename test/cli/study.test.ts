import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult } from '../helpers/cli-process';
import { flowersCsv } from '../helpers/tables';
import { writeTinyModelFolder } from '../helpers/tiny-model-folder';

const patience = 240_000;

let folder: string;
let cli: string;

const lift = (...args: string[]): Promise<CliResult> => new CliProcess(cli, args, folder).ended;
const pathIn = (...parts: string[]): string => join(folder, ...parts);
const read = (...parts: string[]): Promise<string> => readFile(pathIn(...parts), 'utf8');

beforeAll(async () => {
  folder = await temporaryFolder();
  cli = await bundleCli(join(folder, 'dist'));
  await writeTinyModelFolder(pathIn('model'));
  await writeFile(pathIn('flowers.csv'), flowersCsv(60));
}, patience);

const asked = ['flowers.csv', '--target', 'size', '--model', 'model', '--threads', '1', '--set', 'training.epochs=1'];

describe('a study from the command line', () => {
  it(
    'says how long it will take, is done, and is not done again',
    async () => {
      const first = await lift('study', 'sample-complexity', ...asked, '--out', 'study', '--estimate', '--json');
      expect(eventsOf(first).at(-1)).toMatchObject({
        event: 'done',
        runs: 3,
        done: 1,
        secondsLeft: expect.any(Number) as number,
      });
      expect(eventsOf(first).at(-1)!.secondsLeft).toBeGreaterThan(0);
      expect(await readdir(pathIn('study', 'runs'))).toHaveLength(1);

      const rest = await lift('study', 'sample-complexity', ...asked, '--out', 'study', '--json');
      const done = eventsOf(rest).at(-1)!;
      expect(done).toMatchObject({ event: 'done', runs: 3, done: 3, report: pathIn('study', 'report.html') });
      const fractions = eventsOf(rest).flatMap(({ stage, fraction }) =>
        stage === 'studying' ? [Number(fraction)] : [],
      );
      expect(fractions.length).toBeGreaterThan(2);
      expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);

      const results = JSON.parse(await read('study', 'results.json')) as {
        summary: { name: string }[];
        runs: object[];
      };
      expect(results.runs).toHaveLength(3);
      expect(results.summary.map(({ name }) => name)).toEqual(expect.arrayContaining(['LIFT', 'random-forest']));
      const rows: string[][] = parse(await read('study', 'results.csv'));
      expect(rows[0]!.slice(0, 4)).toEqual(['study', 'method', 'x', 'seed']);
      expect(rows.filter(([, method]) => method === 'LIFT').map(([, , x]) => x)).toEqual(['10', '20', '38']);

      const page = await read('study', 'report.html');
      expect(page).toContain('<svg');
      expect(page).not.toMatch(/<script|src="http|href="http/);
      expect(page).toContain('How many rows does it take? – flowers');

      // A run that is taken away is the only one that is done again.
      const kept = pathIn('study', 'runs', 'rows-20-seed-0', 'run.json');
      const before = (await stat(kept)).mtimeMs;
      await rm(pathIn('study', 'runs', 'rows-10-seed-0'), { recursive: true });
      const again = await lift('study', 'sample-complexity', ...asked, '--out', 'study', '--json');
      expect(eventsOf(again).at(-1)).toMatchObject({ event: 'done', done: 3, summary: done.summary });
      expect((await stat(kept)).mtimeMs).toBe(before);
      expect(JSON.parse(await read('study', 'standing.json'))).toEqual({ state: 'done', runs: 3, done: 3 });

      // It goes on by its own recipe too, and with more seeds.
      const table = ['flowers.csv', '--recipe', join('study', 'recipe.lift.json'), '--threads', '1', '--out', 'study'];
      const more = await lift('study', 'sample-complexity', ...table, '--seeds', '0,1', '--json');
      expect(eventsOf(more).at(-1)).toMatchObject({ event: 'done', runs: 6, done: 6 });
      expect((await stat(kept)).mtimeMs).toBe(before);
      const report = await read('study', 'report.html');
      expect(report).toContain('Means of 2 seeds');

      // An estimate takes no report's place.
      await lift('study', 'sample-complexity', ...table, '--estimate');
      expect(await read('study', 'report.html')).toBe(report);
    },
    patience,
  );

  it(
    'has more to show than a plot of means, where the question asks for it',
    async () => {
      const plane = ['flowers.csv', '--target', 'size', ...asked.slice(3), '--set', 'examples.rows=0', '--json'];
      const boundary = await lift('study', 'decision-boundary', ...plane, '--out', 'plane');
      expect(eventsOf(boundary).at(-1)).toMatchObject({ event: 'done', done: 1 });
      const panels = (await read('plane', 'report.html')).match(/<figcaption>[^<]*<\/figcaption>/g)!;
      expect(panels.join()).toMatch(/LIFT.*Random forest/);

      const sure = await lift(
        'study',
        'calibration',
        'flowers.csv',
        '--target',
        'price',
        ...plane.slice(3),
        '--out',
        'sure',
      );
      expect(eventsOf(sure).at(-1)).toMatchObject({ event: 'done', done: 2 });
      const page = await read('sure', 'report.html');
      expect(page).toMatch(/Rank correlation \(Spearman\): -?[01]\.\d{3}/);
      expect(page).toContain('promised');

      const short = ['--set', 'generation.epochs=1', '--out', 'made'];
      const made = await lift('study', 'generation', ...plane, ...short);
      expect(eventsOf(made).at(-1)).toMatchObject({ event: 'done', done: 4 });
      expect(await read('made', 'report.html')).toMatch(/LIFT, with made rows[^]*Columns one by one/);

      const classes = await lift('study', 'pretraining', ...plane, '--out', 'pretraining');
      expect(eventsOf(classes).at(-1)).toMatchObject({ event: 'done', done: 2 });
      expect(await read('pretraining', 'report.html')).toContain('random weights');
    },
    patience,
  );

  it('refuses a folder with another study, and a study that there is not', async () => {
    const other = await lift('study', 'label-noise', ...asked, '--out', 'study');
    expect(other.code).toBe(2);
    expect(other.err).toContain('holds a study with other settings');
    const unknown = await lift('study', 'sample-complexty', ...asked);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('Did you mean "sample-complexity"?');
  });

  it('keeps what is done when it is cancelled', async () => {
    const running = new CliProcess(cli, ['study', 'label-noise', ...asked, '--out', 'noise', '--json'], folder);
    let runs = 0;
    running.onEvent(({ event, message }) => {
      if (event === 'notice' && String(message).includes('share of wrong labels') && ++runs === 2)
        running.kill('SIGINT');
    });
    const result = await running.ended;
    expect(eventsOf(result).at(-1)).toMatchObject({ event: 'error', code: 'cancelled' });
    const kept = JSON.parse(await read('noise', 'results.json')) as { runs: object[] };
    expect(kept.runs.length).toBeGreaterThanOrEqual(1);
    const standing = JSON.parse(await read('noise', 'standing.json')) as object;
    expect(standing).toMatchObject({ state: 'stopped', done: kept.runs.length });
  });
});
