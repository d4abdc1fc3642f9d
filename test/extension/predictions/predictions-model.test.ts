import { appendFile, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PredictionsModel } from '../../../src/extension/predictions/predictions-model';
import type { RunSource } from '../../../src/extension/predictions/run-source';
import type { RowQuery, RowView } from '../../../src/shared/predictions-view';
import { pretendClasses, pretendNumbers, writeSampleRun } from './sample-run';

const everything: RowQuery = { scope: 'all', filter: 'all', search: '', sort: { by: 'row', descending: false } };

let folder: string;
let iris: PredictionsModel;
let cars: PredictionsModel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-model-'));
  iris = await opened(await irisRun('iris'));
  const run = await writeSampleRun(
    join(folder, 'cars'),
    'media/samples/auto_mpg.csv',
    'miles_per_gallon',
    pretendNumbers,
  );
  cars = await opened(run);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

function irisRun(name: string): Promise<RunSource> {
  return writeSampleRun(join(folder, name), 'media/samples/iris.csv', 'species', pretendClasses);
}

async function opened(run: RunSource, beginsWithAll = false): Promise<PredictionsModel> {
  const model = await PredictionsModel.open({ table: run.table, run, beginsWithAll }, () => undefined);
  await model.rows.reader?.whole;
  return model;
}

/** All rows of a query, with all their cells. */
async function rowsOf(model: PredictionsModel, query: Partial<RowQuery>): Promise<RowView[]> {
  const { view, rows } = await model.query({ ...everything, ...query });
  return model.range({ view, from: 0, count: rows, columnFrom: 0, columnTo: 99 });
}

describe('the rows of a table with predictions', () => {
  it('offers the parts of the split, and begins with the rows by which the run is judged', async () => {
    expect(iris.state()).toMatchObject({
      table: { name: 'iris.csv', rows: 150, complete: true },
      run: { target: 'species', task: 'classification', classes: ['setosa', 'versicolor', 'virginica'] },
      scopes: [
        { scope: 'all', rows: 150 },
        { scope: 'predicted', rows: 54 },
        { scope: 'test', rows: 30 },
        { scope: 'validation', rows: 24 },
        { scope: 'train', rows: 96 },
      ],
      firstScope: 'test',
      notices: [],
      error: undefined,
    });
    expect((await opened(await irisRun('all'), true)).state().firstScope).toBe('all');
  });

  it('puts every prediction beside its own row', async () => {
    const lines = (await readFile('media/samples/iris.csv', 'utf8')).split('\n');
    const rows = await rowsOf(iris, {});
    expect(rows).toHaveLength(150);
    for (const { row, line, cells, truth, part, prediction } of rows) {
      expect(line).toBe(row + 2);
      expect(cells.join(',')).toBe(lines[line - 1]);
      expect(truth).toBe(cells[4]);
      expect(part === 'train').toBe(prediction === undefined);
    }
  });

  it('counts and finds the wrong, the unsure and the fallbacks', async () => {
    const { counts } = await iris.query({ ...everything, scope: 'test' });
    const wrong = await rowsOf(iris, { scope: 'test', filter: 'wrong' });
    const unsure = await rowsOf(iris, { scope: 'test', filter: 'unsure' });
    expect(counts).toEqual({ all: 30, wrong: wrong.length, unsure: unsure.length, fallback: 0 });
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every(({ truth, prediction }) => prediction?.text !== truth)).toBe(true);
    expect(unsure.every(({ prediction }) => prediction!.confidence! < 0.75)).toBe(true);
    const fallbacks = await rowsOf(cars, { filter: 'fallback' });
    expect(fallbacks.map(({ prediction }) => prediction?.fallback)).toEqual(['training mean']);
  });

  it('calls a truth outside of its interval wrong, and the widest intervals unsure', async () => {
    const { counts } = await cars.query({ ...everything, scope: 'predicted' });
    const outside = await rowsOf(cars, { scope: 'predicted', filter: 'wrong' });
    expect(outside).toHaveLength(counts.wrong);
    for (const { truth, prediction } of outside) {
      const { lower, upper } = prediction!;
      expect(Number(truth) < lower! || Number(truth) > upper!).toBe(true);
    }
    const widths = (rows: RowView[]): number[] => rows.map(({ prediction }) => prediction!.upper! - prediction!.lower!);
    const unsure = widths(await rowsOf(cars, { scope: 'predicted', filter: 'unsure' }));
    const all = widths(await rowsOf(cars, { scope: 'predicted' }));
    expect(unsure.length).toBeLessThanOrEqual(all.length / 4);
    expect(Math.min(...unsure)).toBeGreaterThan(all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!);
  });

  it('finds the rows of one truth and one prediction', async () => {
    const pair = { truth: 'versicolor', prediction: 'virginica' };
    const rows = await rowsOf(iris, { scope: 'predicted', pair });
    expect(rows.length).toBeGreaterThan(0);
    for (const { truth, prediction } of rows) expect({ truth, prediction: prediction?.text }).toEqual(pair);
  });

  it('sorts by what was predicted, and puts rows without a prediction last', async () => {
    const rows = await rowsOf(iris, { sort: { by: 'confidence', descending: true } });
    const values = rows.map(({ prediction }) => prediction?.confidence);
    const known = values.filter((value) => value !== undefined);
    expect(known).toEqual([...known].sort((a, b) => b - a));
    expect(values.slice(known.length).every((value) => value === undefined)).toBe(true);
    const errors = (await rowsOf(cars, { scope: 'test', sort: { by: 'error', descending: true } })).map(
      ({ prediction }) => Math.abs(prediction!.error!),
    );
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
  });

  it('sorts by a column of the table and by the truth, over all rows', async () => {
    const widths = (await rowsOf(iris, { sort: { by: 'column:3', descending: false } })).map(({ cells }) =>
      Number(cells[3]),
    );
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    const truths = (await rowsOf(iris, { sort: { by: 'truth', descending: true } })).map(({ truth }) => truth!);
    expect(truths).toEqual([...truths].sort().reverse());
    const numbers = (await rowsOf(cars, { scope: 'test', sort: { by: 'truth', descending: false } })).map(({ truth }) =>
      Number(truth),
    );
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const backwards = await rowsOf(iris, { sort: { by: 'row', descending: true } });
    expect(backwards.slice(0, 2).map(({ row }) => row)).toEqual([149, 148]);
  });

  it('searches cells, truths and predictions without regard to case', async () => {
    const japan = await rowsOf(cars, { search: ' JAPAN ' });
    expect(japan).toHaveLength(79);
    expect(japan.every(({ cells }) => cells.includes('Japan'))).toBe(true);
    const predicted = await rowsOf(iris, { scope: 'predicted', search: 'virginica' });
    expect(predicted.every(({ truth, prediction }) => [truth, prediction?.text].includes('virginica'))).toBe(true);
    expect(predicted.some(({ truth }) => truth !== 'virginica')).toBe(true);
    expect(await rowsOf(iris, { search: 'no such text' })).toEqual([]);
  });

  it('stops a search when it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const search = iris.query({ ...everything, search: '5.1' }, controller.signal);
    await expect(search).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('answers nothing for a view that is no more', async () => {
    const { view } = await iris.query(everything);
    await iris.query({ ...everything, filter: 'wrong' });
    expect(await iris.range({ view, from: 0, count: 10, columnFrom: 0, columnTo: 5 })).toEqual([]);
    expect(iris.placeOf(view, 0)).toBe(-1);
  });

  it('answers nothing for a view of the files as they were opened before', async () => {
    const again = await opened(await irisRun('again'));
    const { view } = await iris.query(everything);
    await again.query(everything);
    expect(await again.range({ view, from: 0, count: 10, columnFrom: 0, columnTo: 5 })).toEqual([]);
    expect(again.state().opening).not.toBe(iris.state().opening);
  });

  it('tells where a row is in a view', async () => {
    const { view } = await iris.query({ ...everything, scope: 'test', sort: { by: 'row', descending: true } });
    const rows = await iris.range({ view, from: 0, count: 30, columnFrom: 0, columnTo: 0 });
    expect(rows.map(({ row }) => iris.placeOf(view, row))).toEqual(rows.map((_, place) => place));
    expect(iris.placeOf(view, iris.rows.selection.trainingRows[0]!)).toBe(-1);
  });
});

describe('a table that is not as the run knew it', () => {
  it('is told to have changed', async () => {
    const run = await irisRun('changed');
    await appendFile(run.table, '1,2,3,4,setosa\n');
    const { notices } = (await opened(run)).state();
    expect(notices).toEqual([expect.stringContaining('iris.csv has changed since the run')]);
  });

  it('is recognised by its content when only its date has changed', async () => {
    const run = await irisRun('touched');
    await writeFile(run.table, await readFile(run.table));
    const later = { ...run, state: { ...run.state, createdAt: '2000-01-01T00:00:00.000Z' } };
    expect((await opened(later)).state().notices).toEqual([]);
  });

  it('is not needed to show the predictions', async () => {
    const run = await irisRun('gone');
    await unlink(run.table);
    const model = await opened(run);
    const state = model.state();
    expect(state.error?.code).toBe('file-not-found');
    expect(state.scopes.map(({ scope }) => scope)).not.toContain('all');
    const rows = await rowsOf(model, { scope: 'test', filter: 'wrong', sort: { by: 'confidence', descending: false } });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toMatchObject({ part: 'test', cells: [] });
    expect(rows[0]!.line).toBe(rows[0]!.row + 2);
    const detail = await model.inspect(rows[0]!.row);
    expect(detail.probabilities).toHaveLength(3);
    expect(detail.prompt).toBeUndefined();
  });

  it('is shown without predictions when these are damaged', async () => {
    const run = await irisRun('damaged');
    await writeFile(run.predictions, 'not,predictions\n1,2\n');
    const model = await opened(run);
    expect(model.state()).toMatchObject({ run: undefined, error: { code: 'run-invalid' }, firstScope: 'all' });
    expect(await rowsOf(model, {})).toHaveLength(150);
  });
});
