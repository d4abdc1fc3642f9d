import { describe, expect, it } from 'vitest';
import { readFirstRows, readTable } from '../../../src/core/table/read-table';
import { readSpread } from '../../../src/core/table/read-spread';
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
    const [first, whole] = await Promise.all([readFirstRows(path, 100), readTable(path)]);
    expect(first.rows).toEqual(whole.rows.slice(0, 100));
    expect(first.rowIds).toEqual(whole.rowIds.slice(0, 100));
    expect(first.lineNumbers).toEqual(whole.lineNumbers.slice(0, 100));
    expect(Math.abs(first.totalRows - 24_000)).toBeLessThan(2400);
    expect(first.columns.map(({ name, type }) => [name, type])).toEqual(
      whole.columns.map(({ name, type }) => [name, type]),
    );
  });

  it('gives a short table whole when more rows are asked for than it has', async () => {
    const short = write('a,b\n1,x\n2,y\n');
    const first = await readFirstRows(short, 100);
    expect(first).toEqual(await readTable(short));
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
    await expect(readFirstRows(path, 100, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
