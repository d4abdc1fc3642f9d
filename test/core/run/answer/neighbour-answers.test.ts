import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyOverrides } from '../../../../src/core/recipe/document/apply-overrides';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import { calibrated, fitCalibration } from '../../../../src/core/run/answer/calibration';
import { neighbourAnswers } from '../../../../src/core/run/answer/neighbour-answers';
import type { NeighbourAnswer } from '../../../../src/core/run/answer/neighbour-answers';
import { prepareTask } from '../../../../src/core/run/task/prepare-task';
import type { PreparedTask } from '../../../../src/core/run/task/prepare-task';
import { readTable } from '../../../../src/core/table/read-table';
import type { Table } from '../../../../src/core/table/table';

let folder: string;
let table: Table;

/** Rows up to 50 are "low", the others "high"; `y` is twice `x`. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-neighbours-'));
  const path = join(folder, 'rows.csv');
  const lines = Array.from({ length: 100 }, (_, row) => `${row}.5,${row < 50 ? 'low' : 'high'},${2 * row}`);
  await writeFile(path, `x,label,y\n${lines.join('\n')}\n`);
  table = await readTable(path);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function taskOf(target: string, ...set: string[]): Promise<PreparedTask> {
  const { recipe } = inferRecipe(table, { target });
  const others = recipe.features.filter(({ column }) => column !== 'x').map(({ column }) => column);
  const features = recipe.features.map((feature) => ({ ...feature, include: !others.includes(feature.column) }));
  return prepareTask(table, applyOverrides({ ...recipe, features }, set), { emit: () => undefined });
}

function answersOf(task: PreparedTask, rows: readonly number[]): Promise<NeighbourAnswer[] | undefined> {
  const { recipe, source, examples, fit } = task;
  const columns = table.columns.map(({ name }) => name);
  const options = { recipe, source, examples, columns, classes: fit.classes };
  return neighbourAnswers(
    rows.map((row) => task.promptRow(row)),
    options,
    {},
  );
}

describe('the answers of the nearest training rows', () => {
  it('are the classes around a row, none of them impossible', async () => {
    const task = await taskOf('label');
    const [low, high] = (await answersOf(task, [2, 97]))!;
    const place = task.fit.classes.indexOf('low');
    if (low?.kind !== 'classes' || high?.kind !== 'classes') throw new Error('expected classes');
    expect(low.probabilities[place]).toBeGreaterThan(0.9);
    expect(high.probabilities[place]).toBeLessThan(0.1);
    expect(high.probabilities[place]).toBeGreaterThan(0);
  });

  it('are numbers around that of a row', async () => {
    const task = await taskOf('y', 'task=regression');
    const row = task.parts.train[30]!;
    const [near] = (await answersOf(task, [row]))!;
    if (near?.kind !== 'numbers') throw new Error('expected numbers');
    const { values } = near.distribution;
    expect(values.length).toBeGreaterThan(8);
    for (const value of Array.from(values)) expect(Math.abs(value - 2 * row)).toBeLessThan(40);
  });

  it('are asked only where the recipe says so', async () => {
    expect(await answersOf(await taskOf('label', 'prediction.neighbours=false'), [2])).toBeUndefined();
    expect(await answersOf(await taskOf('label', 'prediction.mode=paper'), [2])).toBeUndefined();
  });
});

describe('a pool with the model', () => {
  it('listens to the neighbours where the model knows nothing, and to the model where they know nothing', async () => {
    const task = await taskOf('label');
    const { classes } = task.fit;
    const rows = task.parts.test;
    const truth = rows.map((row) => (row < 50 ? 'low' : 'high'));
    const near = (await answersOf(task, rows))!;
    const blind = rows.map(() => ({ kind: 'classes', scores: [Math.log(0.5), Math.log(0.5)], fallback: '' }) as const);
    const knowing = truth.map((label) => {
      const scores = classes.map((name) => Math.log(name === label ? 0.95 : 0.05));
      return { kind: 'classes', scores, fallback: '' } as const;
    });
    const nothing = rows.map((): NeighbourAnswer => ({ kind: 'classes', probabilities: [0.5, 0.5] }));

    const listening = fitCalibration(blind, near, truth, classes, task.recipe);
    expect(listening.modelShare).toBeLessThan(0.4);
    const said = rows.map((_, at) => calibrated(blind[at]!, near[at], listening, classes, task.recipe).prediction);
    expect(said).toEqual(truth);
    const trusting = fitCalibration(knowing, nothing, truth, classes, task.recipe);
    expect(trusting.modelShare).toBeGreaterThan(0.6);
  });
});
