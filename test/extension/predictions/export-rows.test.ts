import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRows } from '../../../src/extension/predictions/export-rows';
import { PredictionsModel } from '../../../src/extension/predictions/predictions-model';
import type { RowQuery } from '../../../src/shared/predictions-view';
import { pretendClasses, writeSampleRun } from './sample-run';

const everything: RowQuery = { scope: 'all', filter: 'all', search: '', sort: { by: 'row', descending: false } };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function exported(model: PredictionsModel, table: string, neutralise: boolean): Promise<string[][]> {
  const path = join(folder, 'out.csv');
  await exportRows(path, table, model.rows, model.viewRows(), { neutralise });
  return parse(await readFile(path, 'utf8'));
}

describe('the export of rows', () => {
  it('writes the rows of the view in their order, the table’s columns first', async () => {
    const run = await writeSampleRun(join(folder, 'iris'), 'media/samples/iris.csv', 'species', pretendClasses);
    const model = await PredictionsModel.open({ table: run.table, run, beginsWithAll: false }, () => undefined);
    const query: RowQuery = { ...everything, scope: 'test', filter: 'wrong', sort: { by: 'row', descending: true } };
    const { rows } = await model.query(query);
    const [header, ...lines] = await exported(model, run.table, false);
    expect(header!.slice(4, 11)).toEqual([
      'species',
      'lift_row',
      'lift_line',
      'lift_part',
      'lift_truth',
      'lift_prediction',
      'lift_confidence',
    ]);
    expect(lines).toHaveLength(rows);
    const numbers = lines.map((line) => Number(line[5]));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    for (const line of lines) {
      expect(line[4]).toBe(line[8]);
      expect(line[9]).not.toBe(line[8]);
      const probabilities = line.slice(11, 14).map(Number);
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(Math.max(...probabilities)).toBeCloseTo(Number(line[10]), 6);
    }
  });

  it('leaves cells as they are unless asked to neutralise what a spreadsheet would run', async () => {
    const table = join(folder, 'formulas.csv');
    await writeFile(table, 'a,b\n=1+1,-5\n@cmd,"+x, ""y"""\n');
    const model = await PredictionsModel.open({ table, run: undefined, beginsWithAll: true }, () => undefined);
    await model.query(everything);
    const cells = (lines: string[][]): string[][] => lines.slice(1).map((line) => line.slice(0, 2));
    expect(cells(await exported(model, table, false))).toEqual([
      ['=1+1', '-5'],
      ['@cmd', '+x, "y"'],
    ]);
    expect(cells(await exported(model, table, true))).toEqual([
      ["'=1+1", '-5'],
      ["'@cmd", '\'+x, "y"'],
    ]);
  });

  it('never writes to the table, not even through another name', async () => {
    const table = join(folder, 'own.csv');
    await writeFile(table, 'a\n1\n');
    await symlink(table, join(folder, 'other.csv'));
    const model = await PredictionsModel.open({ table, run: undefined, beginsWithAll: true }, () => undefined);
    await model.query(everything);
    for (const path of [table, join(folder, 'other.csv')]) {
      const writing = exportRows(path, table, model.rows, model.viewRows(), { neutralise: false });
      await expect(writing).rejects.toMatchObject({ code: 'usage' });
    }
    expect(await readFile(table, 'utf8')).toBe('a\n1\n');
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const table = join(folder, 'cancelled.csv');
    await writeFile(table, 'a\n1\n');
    const model = await PredictionsModel.open({ table, run: undefined, beginsWithAll: true }, () => undefined);
    await model.query(everything);
    const before = await readdir(folder);
    const writing = exportRows(join(folder, 'never.csv'), table, model.rows, model.viewRows(), {
      neutralise: false,
      signal: AbortSignal.abort(),
    });
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual(before);
  });
});
