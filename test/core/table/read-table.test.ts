import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/core/table/read-table';
import { temporaryFiles } from './temporary-file';
import { inEnglish } from '../../helpers/in-english';

const write = temporaryFiles();

const kinds = (table: { repairs: readonly { kind: string }[] }): string[] => table.repairs.map(({ kind }) => kind);

describe('readTable', () => {
  it('reads rows, columns and where they come from', async () => {
    const path = write('age,city,note\r\n31,Oslo,"two\r\nlines"\r\n28.5,Lima,\r\n');
    const table = await readTable(path);
    expect(table.source).toEqual({ path, bytes: 49, encoding: 'utf-8', delimiter: ',', quote: '"', hasHeader: true });
    expect(table.rows).toEqual([
      ['31', 'Oslo', 'two\r\nlines'],
      ['28.5', 'Lima', null],
    ]);
    expect(table.rowIds).toEqual([0, 1]);
    expect(table.lineNumbers).toEqual([2, 4]);
    expect(table.totalRows).toBe(2);
    expect(table.columns[0]).toMatchObject({ name: 'age', index: 0, type: 'number', missing: 0, distinct: 2 });
    expect(table.columns[0]?.numeric).toEqual({ min: 28.5, max: 31, mean: 29.75, decimals: 1 });
    expect(table.repairs).toEqual([]);
  });

  it('names empty and repeated headers anew, and reports them', async () => {
    const table = await readTable(write('a,,a,a_2,a\n1,2,3,4,5\n'));
    expect(table.columns.map(({ name }) => name)).toEqual(['a', 'column_2', 'a_3', 'a_2', 'a_4']);
    expect(kinds(table)).toEqual(['empty-headers', 'duplicate-headers']);
  });

  it('numbers the columns of a file without a header', async () => {
    const table = await readTable(write('5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n'));
    expect(table.columns.map(({ name }) => name)).toEqual(['column_1', 'column_2', 'column_3']);
    expect(table.lineNumbers).toEqual([1, 2, 3]);
    expect(kinds(table)).toEqual(['no-header']);
    const told = await readTable(write('a,b\nc,d\n'), { header: false });
    expect(told.rows).toHaveLength(2);
  });

  it('takes the first cell for a row name when rows have one cell more than the header', async () => {
    const table = await readTable(write('mpg,cyl\nMazda,21,6\nDatsun,22.8,4\n'));
    expect(table.columns.map(({ name }) => name)).toEqual(['row_name', 'mpg', 'cyl']);
    expect(table.rows[0]).toEqual(['Mazda', '21', '6']);
  });

  it('repairs rows of unequal length, and reports their lines', async () => {
    const table = await readTable(write('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,,\n13,14,15\n'));
    expect(table.rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', null],
      ['6', '7', '8'],
      ['10', '11', '12'],
      ['13', '14', '15'],
    ]);
    expect(table.repairs.map(({ kind, count }) => [kind, count])).toEqual([
      ['short-rows', 1],
      ['long-rows', 1],
      ['trailing-delimiters', 1],
    ]);
    expect(inEnglish(table.repairs[0]?.message)).toContain('line 3');
    expect(inEnglish(table.repairs[1]?.message)).toContain('line 4');
  });

  it('splits rows at another delimiter when only that fits, and reports them', async () => {
    const table = await readTable(write('a;b;c\n1;2;3\n4,5,6\n7|8|9\n1;1;1\n'));
    expect(table.rows[1]).toEqual(['4', '5', '6']);
    expect(table.rows[2]).toEqual(['7', '8', '9']);
    expect(table.repairs).toEqual([expect.objectContaining({ kind: 'mixed-delimiters', count: 2 })]);
    const header = await readTable(write('a,b,c\n1;2;3\n4;5;6\n7;8;9\n'));
    expect(header.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('skips empty lines and reports them, but keeps them as missing values of a single column', async () => {
    const table = await readTable(write('a,b\n1,2\n\n   \n3,4\n'));
    expect(table.rows).toHaveLength(2);
    expect(table.lineNumbers).toEqual([2, 5]);
    expect(table.repairs).toEqual([expect.objectContaining({ kind: 'blank-lines', count: 2 })]);
    const single = await readTable(write('a\n1\n\n3\n'));
    expect(single.rows).toEqual([['1'], [null], ['3']]);
  });

  it('names the line of a quote that is never closed', async () => {
    const reading = readTable(write('a,b\n1,"x\n2,y\n3,z\n'));
    await expect(reading).rejects.toMatchObject({
      code: 'csv-invalid',
      message: 'The quote opened on line 2 is never closed.',
    });
  });

  it.each([
    ['nothing', ''],
    ['only a byte order mark', '\ufeff'],
    ['only blank lines', '\n \n\r\n'],
  ])('refuses a file with %s', async (_, content) => {
    await expect(readTable(write(content))).rejects.toMatchObject({
      code: 'csv-empty',
      message: expect.stringContaining('is empty') as string,
    });
  });

  it('refuses a file with a header only', async () => {
    const reading = readTable(write('a,b,c\n'));
    await expect(reading).rejects.toMatchObject({
      code: 'csv-empty',
      message: expect.stringContaining('no rows') as string,
    });
  });

  it('says when the file does not exist or is a folder', async () => {
    await expect(readTable(join(tmpdir(), 'no-such-table.csv'))).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(readTable(tmpdir())).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('reads 10,000 columns', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    const row = (offset: number): string => names.map((_, index) => String(index + offset)).join(',');
    const table = await readTable(write([names.join(','), row(0), row(1), row(0.5)].join('\n')));
    expect(table.columns).toHaveLength(10_000);
    expect(table.columns[9999]).toMatchObject({ name: 'c9999', type: 'number', distinct: 3 });
  });

  it('reads a cell of a megabyte, quoted or not, first or later', async () => {
    const long = 'lorem "" ipsum,\n'.repeat(70_000);
    const plain = 'x'.repeat(1_200_000);
    const table = await readTable(write(`a,b\n"${long}",1\n${plain},2\ny,3\n`));
    expect(table.rows.map(([cell]) => cell?.length)).toEqual([long.trim().length - 70_000, 1_200_000, 1]);
    expect(table.lineNumbers).toEqual([2, 70_003, 70_004]);
  });

  it('samples rows uniformly, keeps their order, and reports the sample', async () => {
    const path = write(`row,twice\n${Array.from({ length: 5000 }, (_, row) => `${row},${2 * row}`).join('\n')}\n`);
    const table = await readTable(path, { maxRows: 500, sampleSeed: 3 });
    expect(table.rows).toHaveLength(500);
    expect(table.totalRows).toBe(5000);
    expect(table.rowIds).toEqual([...table.rowIds].sort((left, right) => left - right));
    for (const [at, rowId] of table.rowIds.entries()) {
      expect(table.rows[at]).toEqual([String(rowId), String(2 * rowId)]);
      expect(table.lineNumbers[at]).toBe(rowId + 2);
    }
    const mean = table.rowIds.reduce((sum, rowId) => sum + rowId, 0) / 500;
    expect(Math.abs(mean - 2500)).toBeLessThan(4 * (5000 / Math.sqrt(12 * 500)));
    expect(table.repairs).toEqual([expect.objectContaining({ kind: 'sample', count: 4500 })]);
    expect(table.columns[0]?.distinctCapped).toBe(true);
    const again = await readTable(path, { maxRows: 500, sampleSeed: 3 });
    expect(again.rowIds).toEqual(table.rowIds);
    const other = await readTable(path, { maxRows: 500, sampleSeed: 4 });
    expect(other.rowIds).not.toEqual(table.rowIds);
  });

  it('reads Excel files that declare their delimiter, and single quotes', async () => {
    const declared = await readTable(write('sep=;\r\na;b\r\n1;2,5\r\n'));
    expect(declared.columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(declared.lineNumbers).toEqual([3]);
    expect(declared.rows).toEqual([['1', '2.5']]);
    const single = await readTable(write("name,note\n'x','a, b'\n'y','c, d'\n"));
    expect(single.source.quote).toBe("'");
    expect(single.rows[0]).toEqual(['x', 'a, b']);
  });

  it('refuses a delimiter that is not one character', async () => {
    await expect(readTable(write('a,b\n1,2\n'), { delimiter: '::' })).rejects.toMatchObject({ code: 'usage' });
    const tabbed = await readTable(write('a\tb\n1\t2\n'), { delimiter: 'tab' });
    expect(tabbed.rows).toEqual([['1', '2']]);
  });

  it('reports progress up to 1, and stops when cancelled', async () => {
    const path = write(`a,b\n${`1,2${' '.repeat(100)}\n`.repeat(20_000)}`);
    const fractions: number[] = [];
    await readTable(path, { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual([...fractions].sort((left, right) => left - right));
    expect(fractions.at(-1)).toBe(1);
    await expect(readTable(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
