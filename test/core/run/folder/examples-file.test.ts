import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alignRows } from '../../../../src/core/run/task/align-rows';
import { readExamples, restrictTable, writeExamples } from '../../../../src/core/run/folder/examples-file';
import { readTable } from '../../../../src/core/table/read-table';
import type { Table } from '../../../../src/core/table/table';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-rows-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function tableOf(text: string): Promise<Table> {
  const path = join(folder, 'table.csv');
  await writeFile(path, text);
  return readTable(path);
}

const flowers = 'petal,colour,species\n1.5,red,a\n,"two\nlines \u2028",b\n2.5,blue,a\n3.5,red,\n';

describe('the example rows of a run', () => {
  it('are read back exactly as they were understood', async () => {
    const examples = restrictTable(await tableOf(flowers), [0, 1, 3]);
    expect(examples.rowIds).toEqual([0, 1, 3]);
    const path = join(folder, 'examples.jsonl');
    await writeExamples(path, examples);
    expect(await readExamples(path)).toEqual(examples);
  });

  it('are refused when the file was damaged', async () => {
    const path = join(folder, 'examples.jsonl');
    for (const text of ['', '{}', '{"columns":[]}\n[1,2]', '{"columns":[]}\n[0,2,["a"']) {
      await writeFile(path, text);
      await expect(readExamples(path)).rejects.toMatchObject({ code: 'run-invalid' });
    }
  });
});

describe('the rows of another table', () => {
  const columns = ['petal', 'colour', 'species'];

  it('are put in the order of the training columns, by name', async () => {
    const table = await tableOf('colour,note,petal\nred,x,1.5\nblue,y,2.5\n');
    expect(alignRows(table, columns, ['petal', 'colour'])).toEqual([
      ['1.5', 'red', null],
      ['2.5', 'blue', null],
    ]);
  });

  it('must have the columns that prompts read, and near names are suggested', async () => {
    const table = await tableOf('Petals,color,species\n1.5,red,a\n2.5,red,b\n');
    expect(() => alignRows(table, columns, ['petal', 'colour'])).toThrow(
      expect.objectContaining({
        code: 'column-missing',
        message: `${join(folder, 'table.csv')} lacks the columns "petal", "colour", which the run was trained with.`,
        hint: 'Did you mean "Petals" for "petal", "color" for "colour"? Rename the columns in the table.',
      }),
    );
  });
});
