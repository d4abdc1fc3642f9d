import { cp, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult, JsonEvent } from '../helpers/cli-process';
import { RayHead, rayPython } from './ray-head';

/** A job imports PyTorch in three processes before it begins, on two cores. */
const patience = 600_000;
const root = join(__dirname, '..', '..');
const stories = join(root, '..', 'shared', 'models', 'stories260K');
const model = existsSync(stories) ? stories : 'embedded';

let folder: string;
let cli: string;
let head: RayHead;

const lift = (...args: string[]): CliProcess => new CliProcess(cli, [...args, '--json'], folder);
const small = ['--no-baselines', '--set', 'training.maxRows=32', '--set', 'training.epochs=2'];
const adapter = ['--set', 'training.method=lora', '--set', 'training.learningRate=0.002', '--set', 'examples.rows=0'];
const iris = ['fine-tune', 'iris.csv', '--target', 'species', '--model', model, ...small, ...adapter];
const onRay = (): string[] => ['--backend', 'ray', '--address', head.address, '--no-install'];

const losses = (result: CliResult): number[] =>
  eventsOf(result).flatMap((event) =>
    event.event === 'epoch' ? [event.trainLoss as number, event.validationLoss as number] : [],
  );

async function rowsOf(...path: string[]): Promise<Map<string, Record<string, string>>> {
  const text = await readFile(join(folder, ...path), 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true });
  return new Map(rows.map((row) => [row.row!, row]));
}

/** The largest difference of log-probabilities, or of numbers, over the rows that a run has predicted. */
async function largestDifference(
  run: string,
  other: string,
  columns: RegExp,
  scale: (x: number) => number,
): Promise<number> {
  const [here, there] = [await rowsOf(run, 'predictions.csv'), await rowsOf(other)];
  const differences = [...here].flatMap(([row, cells]) =>
    Object.keys(cells)
      .filter((name) => columns.test(name))
      .map((name) => Math.abs(scale(Number(cells[name])) - scale(Number(there.get(row)![name])))),
  );
  expect(differences.length).toBeGreaterThan(50);
  return Math.max(...differences);
}

async function succeeded(process: CliProcess): Promise<CliResult> {
  const result = await process.ended;
  const last = eventsOf(result).at(-1);
  if (last?.event !== 'done') throw new Error(JSON.stringify(last));
  return result;
}

describe.skipIf(rayPython === undefined)('a Ray cluster (skipped where its Python packages cannot be had)', () => {
  let first: CliResult;

  beforeAll(async () => {
    folder = await temporaryFolder();
    cli = await bundleCli(join(folder, 'dist'));
    for (const name of ['iris.csv', 'auto_mpg.csv']) {
      await cp(join(root, 'media', 'samples', name), join(folder, name));
    }
    head = await RayHead.start(rayPython!);
    first = await succeeded(lift(...iris, ...onRay(), '--out', 'run'));
  }, patience);

  afterAll(() => {
    head.close();
  });

  it('streams what happens as a local run does', () => {
    const events = eventsOf(first);
    const stages = new Set(events.flatMap(({ event, stage }) => (event === 'progress' ? [stage] : [])));
    expect([...stages]).toEqual(expect.arrayContaining(['uploading', 'waiting', 'training', 'predicting', 'fetching']));
    expect(losses(first)).toHaveLength(4);
  });

  it(
    'brings an adapter home with which the local engine gives the same predictions',
    async () => {
      await succeeded(lift('predict', 'run', 'iris.csv', '--threads', '1', '--out', 'here.csv'));
      expect(await largestDifference('run', 'here.csv', /^p\(/, Math.log)).toBeLessThan(1e-3);
    },
    patience,
  );

  it(
    'takes the same steps as the local engine',
    async () => {
      const local = await succeeded(lift(...iris, '--threads', '1', '--out', 'local'));
      const remote = losses(first);
      losses(local).forEach((loss, index) => {
        expect(remote[index]).toBeCloseTo(loss, 3);
      });
    },
    patience,
  );

  it(
    'takes the same steps with two workers as with one',
    async () => {
      const two = await succeeded(lift(...iris, ...onRay(), '--workers', '2', '--out', 'two'));
      const one = losses(first);
      losses(two).forEach((loss, index) => {
        expect(one[index]).toBeCloseTo(loss, 3);
      });
    },
    patience,
  );

  it(
    'decodes numbers as the local engine does, also those of a table that is sent by itself',
    async () => {
      const mpg = ['auto_mpg.csv', '--target', 'mpg', '--set', 'target.format={"fixed":1}', '--set', 'examples.rows=0'];
      await succeeded(
        lift('fine-tune', ...mpg, ...small, '--set', 'training.maxRows=40', '--threads', '1', '--out', 'mpg'),
      );
      await succeeded(lift('predict', 'mpg', 'auto_mpg.csv', ...onRay(), '--out', 'there.csv'));
      expect(await largestDifference('mpg', 'there.csv', /^(lower|upper|prediction)$/, Number)).toBeLessThan(0.02);
    },
    patience,
  );

  it(
    'is told of a job that cannot be done, in words',
    async () => {
      const result = await lift(...iris, ...onRay(), '--workers', '9', '--out', 'nine').ended;
      expect(eventsOf(result).at(-1)).toMatchObject({ event: 'error', code: 'usage' });
    },
    patience,
  );

  it(
    'fails in a clear state when its head is killed, and the run is resumed on the next one',
    async () => {
      const killed = lift(...iris, ...onRay(), '--out', 'killed').onEvent(({ event, stage }: JsonEvent) => {
        if (event === 'progress' && stage === 'training') head.kill();
      });
      const pending = killed.ended;
      await new Promise<void>((resolve) => {
        killed.onEvent(({ event, message }) => {
          if (event === 'notice' && String(message).includes('connection is lost')) resolve();
        });
      });
      head.start();
      expect(eventsOf(await pending).at(-1)).toMatchObject({ event: 'error', code: 'engine-died' });
      const state = JSON.parse(await readFile(join(folder, 'killed', 'run.json'), 'utf8')) as { state: string };
      expect(state.state).toBe('failed');
      const resumed = await succeeded(lift('fine-tune', '--resume', 'killed', '--no-baselines'));
      expect(losses(resumed)).toHaveLength(4);
    },
    patience,
  );
});
