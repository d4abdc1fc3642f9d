import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../src/core/model/tokenizer/load-tokenizer';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { applyOverrides } from '../../../src/core/recipe/document/apply-overrides';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import { encodeTask, promptLimits } from '../../../src/core/run/task/encode-task';
import { fitTask, prepareTask } from '../../../src/core/run/task/prepare-task';
import type { FittedTask } from '../../../src/core/run/task/prepare-task';
import { pretextStage } from '../../../src/core/run/train/pretext-stage';
import { pretextTable } from '../../../src/core/run/task/pretext-table';
import { runFolderAt } from '../../../src/core/run/folder/run-folder';
import { settingsOf } from '../../../src/core/run/train/train-stage';
import { writeTinyModelFolder } from '../../helpers/tiny-model-folder';
import { makeTable } from '../table/make-table';

const table = makeTable(
  ['length', 'colour', 'price', 'kind'],
  Array.from({ length: 40 }, (_, row) => [
    (2 + row / 10).toFixed(1),
    ['red', 'blue', 'white'][row % 3]!,
    (3.5 * row + 0.25).toFixed(2),
    row % 2 === 0 ? 'rose' : 'lily',
  ]),
);

function fittedFor(target: string, ...set: string[]): FittedTask {
  const recipe = applyOverrides(inferRecipe(table, { target, model: 'tiny' }).recipe, ['examples.rows=1', ...set]);
  return fitTask(table, recipe, () => undefined);
}

describe('a made-up table', () => {
  it('has the columns, categories, classes and ranges of the real one', () => {
    const made = pretextTable(fittedFor('kind'), 1, 60);
    expect(made.rows).toHaveLength(60);
    for (const [length, colour, price, kind] of made.rows) {
      expect(length).toMatch(/^\d\.\d$/);
      expect(Number(length)).toBeGreaterThanOrEqual(2);
      expect(Number(length)).toBeLessThanOrEqual(5.9);
      expect(['red', 'blue', 'white']).toContain(colour);
      expect(price).toMatch(/^\d+\.\d\d$/);
      expect(['rose', 'lily']).toContain(kind);
    }
    expect(made.rows.filter(([, , , kind]) => kind === 'rose')).toHaveLength(30);
  });

  it('has classes that its columns tell apart, however few columns there are', () => {
    const kinds = ['ash', 'elm', 'fir', 'oak', 'yew'];
    const narrow = makeTable(
      ['length', 'kind'],
      Array.from({ length: 40 }, (_, row) => [String(row), kinds[row % kinds.length]!]),
    );
    const { recipe } = inferRecipe(narrow, { target: 'kind', model: 'tiny' });
    const made = pretextTable(
      fitTask(narrow, recipe, () => undefined),
      1,
      500,
    );
    const means = kinds.map((kind) =>
      mean(made.rows.flatMap((cells) => (cells[1] === kind ? [Number(cells[0])] : []))),
    );
    const sorted = means.toSorted((left, right) => left - right);
    const gaps = sorted.slice(1).map((value, place) => value - sorted[place]!);
    expect(Math.min(...gaps)).toBeGreaterThan(2);
  });

  it('is another one for each task, the same for a seed', () => {
    const task = fittedFor('price');
    expect(pretextTable(task, 1, 20).rows).toEqual(pretextTable(task, 1, 20).rows);
    expect(pretextTable(task, 1, 20).rows).not.toEqual(pretextTable(task, 2, 20).rows);
    const answers = pretextTable(task, 1, 50).rows.map((cells) => Number(cells[2]));
    expect(Math.max(...answers)).toBeLessThanOrEqual(136.75);
    expect(Math.min(...answers)).toBeGreaterThanOrEqual(0.25);
  });
});

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

describe('the first of two stages', () => {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  it('gives the second something to start from, and nothing when it is not asked for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lift-pretext-'));
    folders.push(folder);
    const model = await openModelFolder(await writeTinyModelFolder(join(folder, 'model')));
    const tokenizer = await loadTokenizer(model);
    const { recipe } = fittedFor(
      'kind',
      'training.pretext.tasks=2',
      'training.pretext.epochs=1',
      'training.pretext.rows=20',
    );
    const task = await prepareTask(table, recipe, { emit: () => undefined });
    const context = { emit: () => undefined, threads: 1 };
    const limits = promptLimits(task, tokenizer, model.config.contextLength);
    const encoded = await encodeTask(task, limits, context, () => undefined);
    expect(encoded.pretext.map(({ train, validation }) => [train.length, validation.length])).toEqual([
      [16, 4],
      [16, 4],
    ]);

    const inputs = {
      table,
      dataset: { path: '', bytes: 0, sha256: '' },
      recipe: task.recipe,
      model: { folder: model, tokenizer },
      modelId: 'tiny',
      start: undefined,
      earlier: undefined,
    };
    const run = runFolderAt(join(folder, 'run'));
    const fractions: number[] = [];
    const settings = settingsOf(task.recipe);
    const started = await pretextStage(run, inputs, encoded.pretext, settings, context, (done) => fractions.push(done));
    expect(started!.size).toBeGreaterThan(0);
    expect(fractions.at(-1)).toBeCloseTo(1);
    expect(await pretextStage(run, inputs, [], settings, context, () => undefined)).toBeUndefined();
  });
});
