import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TableReader } from '../../../src/extension/predictions/table-reader';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-table-reader-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function open(text: string): Promise<TableReader> {
  const path = join(folder, 'table.csv');
  await writeFile(path, text);
  const reader = await TableReader.open(path, () => undefined);
  await reader.whole;
  return reader;
}

describe('the reader of a table', () => {
  it('describes the columns from the head of the file', async () => {
    const reader = await open('id,a longer name,word\n1,2.5,one\n22,3.5,three\n');
    expect(reader.columns).toEqual([
      { name: 'id', isNumber: true, width: 2 },
      { name: 'a longer name', isNumber: true, width: 13 },
      { name: 'word', isNumber: false, width: 4 },
    ]);
    expect(reader.rowCount).toBe(2);
    expect(reader.problem).toBeUndefined();
  });

  it('reads rows in the order in which they are asked for, and tells which the file lacks', async () => {
    const reader = await open(`n\n${Array.from({ length: 50 }, (_, row) => `r${row}\n`).join('')}`);
    const rows = await reader.at([40, 3, 99, 4, 40]);
    expect(rows.map((row) => row?.cells[0])).toEqual(['r40', 'r3', undefined, 'r4', 'r40']);
  });

  it('knows the row of a line, also where a cell goes over several lines', async () => {
    const reader = await open('a,b\n1,"x\ny\nz"\n2,q\n');
    const rows = await Promise.all([1, 2, 3, 4, 5, 6].map((line) => reader.rowOfLine(line)));
    expect(rows).toEqual([undefined, 0, 0, 0, 1, 1]);
  });

  it('shows the beginning of a file that cannot be read to its end, and says why', async () => {
    const long = Array.from({ length: 400_000 }, (_, row) => `${row},x\n`).join('');
    const reader = await open(`a,b\n${long}1,"never closed\n`);
    expect(reader.problem).toMatchObject({ code: 'csv-invalid' });
    expect((await reader.page(0, 2)).map(({ cells }) => cells[0])).toEqual(['0', '1']);
  });

  it('refuses a file that is not there', async () => {
    await expect(TableReader.open(join(folder, 'none.csv'), () => undefined)).rejects.toMatchObject({
      code: 'file-not-found',
    });
  });
});
