import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRecipe } from '../../../src/core/recipe/document/parse-recipe';
import { prepareTask } from '../../../src/core/run/task/prepare-task';
import type { PreparedTask } from '../../../src/core/run/task/prepare-task';
import { readTable } from '../../../src/core/table/read-table';
import { PredictionsModel } from '../../../src/extension/predictions/predictions-model';
import { rowAsText } from '../../../src/extension/predictions/row-as-text';
import type { RunSource } from '../../../src/extension/predictions/run-source';
import { readFile } from 'node:fs/promises';
import { pretendClasses, pretendNumbers, writeSampleRun } from './sample-run';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-detail-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The task as the run prepared it. */
async function taskOf({ table, folder: run }: RunSource): Promise<PreparedTask> {
  const recipe = parseRecipe(await readFile(run.recipe, 'utf8'));
  return prepareTask(await readTable(table), recipe, { emit: () => undefined });
}

async function opened(run: RunSource): Promise<PredictionsModel> {
  return PredictionsModel.open({ table: run.table, run, beginsWithAll: true }, () => undefined);
}

describe('the whole story of a row', () => {
  it('has the very prompt that the model read, of every part of the table', async () => {
    // With missing cells, words for them, and numbers of different lengths.
    const csv = join(folder, 'houses.csv');
    const rows = Array.from({ length: 60 }, (_, row) => {
      const area = row % 7 === 0 ? '?' : String(50 + ((row * 37) % 90) + row / 8);
      return `${area},${['brick', 'wood', 'N/A'][row % 3]!},"${(row * 1234.5).toLocaleString('en')}",${row % 4 < 2 ? 'sold' : 'kept'}`;
    });
    await writeFile(csv, `area,material,price,outcome\n${rows.join('\n')}\n`);
    const run = await writeSampleRun(join(folder, 'houses'), csv, 'outcome', pretendClasses);
    const model = await opened(run);
    const task = await taskOf(run);
    for (let row = 0; row < 60; row++) {
      const { prompt } = await model.inspect(row);
      const written = task.source.render(task.promptRow(row));
      expect(prompt?.segments.map(({ text }) => text).join('')).toBe(written.prompt);
    }
  });

  it('names the training rows that the prompt shows, the nearest first', async () => {
    const run = await writeSampleRun(join(folder, 'iris'), 'media/samples/iris.csv', 'species', pretendClasses);
    const model = await opened(run);
    const lines = (await readFile(run.table, 'utf8')).split('\n');
    const { prompt, row, cells, probabilities } = await model.inspect(5);
    expect(prompt?.select).toBe('nearest');
    expect(prompt?.examples.length).toBeGreaterThan(0);
    for (const example of prompt!.examples) {
      expect([...example.cells.map(([, text]) => text), example.answer].join(',')).toBe(lines[example.line - 1]);
      expect(model.rows.selection.trainingRows).toContain(example.line - 2);
    }
    expect(prompt!.segments.at(-1)?.role).toBe('question');
    expect(prompt!.answer).toBe(` ${row.prediction!.text}@@@`);
    // The base model is not on this machine, so nobody can count tokens.
    expect(prompt!.droppedExamples).toBeUndefined();
    expect(cells.map(([name]) => name).at(-1)).toBe('species');
    expect(probabilities.map(({ probability }) => probability)).toEqual(
      probabilities.map(({ probability }) => probability).sort((a, b) => b - a),
    );
  });

  it('never shows a training row as its own example', async () => {
    const run = await writeSampleRun(join(folder, 'own'), 'media/samples/iris.csv', 'species', pretendClasses);
    const model = await opened(run);
    const row = model.rows.selection.trainingRows[10]!;
    const { prompt } = await model.inspect(row);
    expect(prompt!.examples.map(({ line }) => line)).not.toContain(row + 2);
    expect(prompt!.answer).toBe('');
  });

  it('says why there is no prompt when the run lacks what it is written from', async () => {
    const run = await writeSampleRun(join(folder, 'broken'), 'media/samples/iris.csv', 'species', pretendClasses);
    await writeFile(run.folder.fitted, '{}');
    const detail = await (await opened(run)).inspect(5);
    expect(detail.prompt).toBeUndefined();
    expect(detail.promptError).toMatchObject({ code: 'run-invalid' });
    expect(detail.row.prediction).toBeDefined();
  });

  it('goes to the clipboard as names and values', async () => {
    const run = await writeSampleRun(
      join(folder, 'cars'),
      'media/samples/auto_mpg.csv',
      'miles_per_gallon',
      pretendNumbers,
    );
    const text = rowAsText(await (await opened(run)).inspect(0));
    const [names, values] = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(names).toHaveLength(values!.length);
    expect(names!.slice(-5)).toEqual(['row', 'truth', 'prediction', 'lower', 'upper']);
    expect(values!.slice(-5)).toEqual(['1', '18', '18', '14.0000', '22.0000']);
  });
});
