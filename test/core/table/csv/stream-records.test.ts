import { describe, expect, it } from 'vitest';
import { streamRecords } from '../../../../src/core/table/csv/stream-records';
import type { StreamedRecord } from '../../../../src/core/table/csv/stream-records';
import { temporaryFiles } from '../temporary-file';

const write = temporaryFiles();

describe('streamRecords', () => {
  it('gives every record with its line, and null for missing values', async () => {
    const records: StreamedRecord[] = [];
    for await (const record of streamRecords(write('a,b\n1,"x\ny"\nNA,\n3,None\n'))) records.push(record);
    expect(records).toEqual([
      { rowId: 0, lineNumber: 2, cells: ['1', 'x\ny'] },
      { rowId: 1, lineNumber: 4, cells: [null, null] },
      { rowId: 2, lineNumber: 5, cells: ['3', 'None'] },
    ]);
  });

  it('streams more than one piece in order, with progress', async () => {
    const rows = Array.from({ length: 40_000 }, (_, row) => [String(row), String(row * row)]);
    const path = write(`id,square\n${rows.map((row) => row.join(',')).join('\n')}`);
    const fractions: number[] = [];
    const read: StreamedRecord[] = [];
    for await (const record of streamRecords(path, { onProgress: (fraction) => fractions.push(fraction) }))
      read.push(record);
    expect(read.map(({ cells }) => cells)).toEqual(rows);
    expect(read.every(({ rowId, lineNumber }, at) => rowId === at && lineNumber === at + 2)).toBe(true);
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions.at(-1)).toBe(1);
  });

  it('fails before the first record when the file cannot be read to its end', async () => {
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { rowId } of streamRecords(write('a,b\n1,2\n3,"4\n'))) seen.push(rowId);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'csv-invalid' });
    expect(seen).toEqual([]);
  });

  it('takes the missing-value words that it is told', async () => {
    const cells: (string | null)[][] = [];
    for await (const record of streamRecords(write('a,b\n-9,NA\n'), { missingTokens: ['-9'] }))
      cells.push(record.cells);
    expect(cells).toEqual([[null, 'NA']]);
  });
});
