import { readFile, rm, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTable } from '../../../../src/core/table/read-table';
import { csvText } from '../../../../src/core/table/csv/write-csv';

it('writes whatever cells hold so that a CSV reader finds it again', () => {
  const cell = fc.string();
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      expect(parse(csvText(['a', 'b'], rows))).toEqual([['a', 'b'], ...rows]);
    }),
  );
});

it('writes a table that is read as the same table', async () => {
  const table = await readTable('media/samples/wholesale_customers.csv');
  const folder = await mkdtemp(join(tmpdir(), 'lift-csv-'));
  const path = join(folder, 'copy.csv');
  await writeFile(
    path,
    csvText(
      table.columns.map(({ name }) => name),
      table.rows,
    ),
  );
  const copy = await readTable(path);
  expect(copy.rows).toEqual(table.rows);
  expect(copy.columns).toEqual(table.columns);
  expect(await readFile(path, 'utf8')).not.toContain('null');
  await rm(folder, { recursive: true });
});
