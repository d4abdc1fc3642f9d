import { describe, expect, it } from 'vitest';
import { readBeginning } from '../../../src/core/table/csv/read-beginning';
import { readTable } from '../../../src/core/table/read-table';
import { readSpread } from '../../../src/core/table/csv/read-spread';
import { temporaryFiles } from './temporary-file';

const write = temporaryFiles();

/** A table of some 10 MB, sorted by its class, with a quoted cell of two lines in every row. */
function sorted(rows: number): string {
  const lines = ['number,class,note'];
  for (let row = 0; row < rows; row++) {
    lines.push(`${row}.5,${row < rows / 2 ? 'first' : 'second'},"a note, of\ntwo lines ${'x'.repeat(400)}"`);
  }
  return `${lines.join('\n')}\n`;
}

describe('reading a part of a table', () => {
  const path = write(sorted(24_000));

  it('gives the first rows as reading the whole does, and estimates how many there are', async () => {
    const [{ table, firstRows }, whole] = await Promise.all([readBeginning(path, 100, 500), readTable(path)]);
    expect(firstRows).toBe(100);
    expect(table.rows.slice(0, 100)).toEqual(whole.rows.slice(0, 100));
    expect(table.rowIds.slice(0, 100)).toEqual(whole.rowIds.slice(0, 100));
    expect(table.lineNumbers.slice(0, 100)).toEqual(whole.lineNumbers.slice(0, 100));
    expect(Math.abs(table.totalRows - 24_000)).toBeLessThan(2400);
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual(
      whole.columns.map(({ name, type }) => [name, type]),
    );
  });

  it('knows the classes of a sorted table from rows all over it, that come after the first', async () => {
    const { table, firstRows } = await readBeginning(path, 100, 500);
    const classes = table.rows.map((cells) => cells[1]);
    expect(new Set(classes.slice(0, firstRows))).toEqual(new Set(['first']));
    expect(new Set(classes)).toEqual(new Set(['first', 'second']));
    expect(table.rowIds.slice(firstRows).every((row) => row === -1)).toBe(true);
  });

  it('gives a short table whole when more rows are asked for than it has', async () => {
    const short = write('a,b\n1,x\n2,y\n');
    expect(await readBeginning(short, 100, 100)).toEqual({ table: await readTable(short), firstRows: 2 });
  });

  it('sees all of a sorted table in rows from places all over it', async () => {
    const part = await readSpread(path, 2000);
    const classes = part!.columns.find(({ name }) => name === 'class')!;
    expect(classes.categories!.map(({ value }) => value).sort()).toEqual(['first', 'second']);
    expect(part!.rows.length).toBeGreaterThan(500);
    for (const [number, , note] of part!.rows) {
      expect(number).toMatch(/^\d+\.5$/u);
      expect(note).toMatch(/^a note, of\ntwo lines x+$/u);
    }
  });

  it('leaves small tables to those who read them whole', async () => {
    expect(await readSpread(write('a,b\n1,2\n'), 100)).toBeUndefined();
  });

  it('ends when it is cancelled', async () => {
    await expect(readSpread(path, 2000, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    await expect(readBeginning(path, 100, 500, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
