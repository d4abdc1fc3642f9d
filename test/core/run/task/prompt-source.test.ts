import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyOverrides } from '../../../../src/core/recipe/document/apply-overrides';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import type { RunEvent } from '../../../../src/core/run/events';
import { fitTask, prepareTask } from '../../../../src/core/run/task/prepare-task';
import type { PreparedTask } from '../../../../src/core/run/task/prepare-task';
import { readTable } from '../../../../src/core/table/read-table';
import type { Table } from '../../../../src/core/table/table';

let folder: string;
let table: Table;

/** Every row has numbers of its own, and its answer is its number: what stands in a prompt tells which rows are there. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-prompts-'));
  const path = join(folder, 'rows.csv');
  const lines = Array.from({ length: 100 }, (_, row) => `${row}.5,${row % 7}.25,${row}`);
  await writeFile(path, `x,z,y\n${lines.join('\n')}\n`);
  table = await readTable(path);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function taskOf(...set: string[]): Promise<PreparedTask> {
  const { recipe } = inferRecipe(table, { target: 'y', task: 'regression', template: 'paper-names' });
  const fields = ['examples.rows=5', 'target.format=as-is', ...set];
  return prepareTask(table, applyOverrides(recipe, fields), { emit: () => undefined });
}

/** The answers in a row's prompt: of its example rows, in the order of the prompt. */
function exampleAnswers(task: PreparedTask, row: number): number[] {
  const { segments } = task.source.render(task.promptRow(row));
  const answers = segments.filter(({ role }) => role === 'example-answer');
  return answers.map(({ text }) => Number(text.trim().replace('@@@', '')));
}

describe('the example rows in a prompt', () => {
  it('are alike most of all in what says most about the answer, unless all columns count the same', async () => {
    const spread = async (weights: string): Promise<number> => {
      const task = await taskOf(`examples.weights=${weights}`);
      const distances = table.rows.flatMap((_, row) =>
        exampleAnswers(task, row).map((answer) => Math.abs(answer - row)),
      );
      return distances.reduce((sum, distance) => sum + distance, 0);
    };
    expect(await spread('relevance')).toBeLessThan(0.9 * (await spread('equal')));
  });

  it.each(['nearest', 'random', 'same'])('are training rows other than the row itself (%s)', async (select) => {
    const task = await taskOf(`examples.select=${select}`);
    for (let row = 0; row < table.rows.length; row++) {
      const answers = exampleAnswers(task, row);
      expect(new Set(answers).size).toBe(5);
      expect(answers).not.toContain(row);
      for (const answer of answers) expect(task.parts.train).toContain(answer);
    }
  });

  it('are those most like the row, the nearest last or first', async () => {
    const far = (answers: readonly number[], row: number): number[] => answers.map((answer) => Math.abs(answer - row));
    const only = ['features.z.include=false'];
    const [row] = (await taskOf()).parts.test;
    const last = far(exampleAnswers(await taskOf(...only), row!), row!);
    expect(last).toEqual([...last].sort((a, b) => b - a));
    const first = far(exampleAnswers(await taskOf(...only, 'examples.order=nearest-first'), row!), row!);
    expect(first).toEqual([...last].reverse());
  });

  it('are the same random ones each time, whatever the answer of the row is', async () => {
    const task = await taskOf('examples.select=random');
    const [row] = task.parts.test;
    const { cells, lineNumber } = task.promptRow(row!);
    const unanswered = task.source.render({ cells: cells.with(2, null), lineNumber });
    expect(unanswered.prompt).toBe(task.source.render(task.promptRow(row!)).prompt);
  });

  it('are the same for every row that is not among them, when the recipe says so', async () => {
    const task = await taskOf('examples.select=same');
    const told = task.parts.test.map((row) => exampleAnswers(task, row).join());
    expect(new Set(told).size).toBe(1);
  });

  it('never tell the answer of the row that is asked about', async () => {
    const task = await taskOf();
    for (const row of task.parts.test) {
      const { prompt, completion } = task.source.render(task.promptRow(row));
      expect(completion).toBe(` ${row}@@@`);
      expect(prompt).not.toContain(` ${row}@@@`);
    }
  });
});

describe('the preparation of a task', () => {
  it('warns of copies that lie on both sides of the split, and trains on as many rows as the recipe allows', async () => {
    const path = join(folder, 'copies.csv');
    const lines = Array.from({ length: 60 }, (_, row) => `${row % 3},${row % 3 === 0 ? 'a' : 'b'}`);
    await writeFile(path, `x,y\n${lines.join('\n')}\n`);
    const copies = await readTable(path);
    const said: RunEvent[] = [];
    const recipe = applyOverrides(inferRecipe(copies, { target: 'y' }).recipe, ['training.maxRows=7']);
    const task = fitTask(copies, recipe, (event) => said.push(event));
    const text = said.map((event) => (event.event === 'notice' ? event.message : '')).join('\n');
    expect(text).toContain('12 of 12 test rows are exact copies of training rows');
    expect(text).toContain('trained on a random 7 of');
    expect(task.parts.trainedOn).toHaveLength(7);
    for (const row of task.parts.trainedOn) expect(task.parts.train).toContain(row);

    const toldOfReading: RunEvent[] = [];
    fitTask(copies, applyOverrides(recipe, ['training.steps=0']), (event) => toldOfReading.push(event));
    expect(JSON.stringify(toldOfReading)).not.toContain('trained on');
  });
});
