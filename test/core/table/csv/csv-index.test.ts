import { appendFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvIndex } from '../../../../src/core/table/csv/csv-index';
import { readRows } from '../../../../src/core/table/csv/read-rows';
import { temporaryFiles } from '../temporary-file';

const write = temporaryFiles();

/** Cells with everything that needs quoting; trimmed, as the reader trims. */
const cell = fc
  .string({
    unit: fc.constantFrom('a', 'B', '7', ',', ';', '"', "'", '\n', '\r\n', '\t', ' ', 'é', '漢', '🙂', '#'),
    maxLength: 8,
  })
  .map((text) => text.trim());

const tables = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    header: fc.constant(Array.from({ length: width }, (_, index) => `name ${index}`)),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    encoding: fc.constantFrom('utf8', 'utf8-bom', 'utf16le', 'utf16be', 'utf16le-bare'),
    quotesAll: fc.boolean(),
    endsWithLineEnd: fc.boolean(),
  }),
);

function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf8') return Buffer.from(text);
  if (encoding === 'utf8-bom') return Buffer.from(`\ufeff${text}`);
  if (encoding === 'utf16le-bare') return Buffer.from(text, 'utf16le');
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'utf16be' ? bytes.swap16() : bytes;
}

describe('CsvIndex and readRows', () => {
  it('reads back what csv-stringify wrote, whatever quoting, line end, delimiter or encoding', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ header, rows, lineEnd, delimiter, encoding, quotesAll, endsWithLineEnd }) => {
        const text = stringify([header, ...rows], {
          delimiter,
          record_delimiter: lineEnd,
          quoted: quotesAll,
          quoted_empty: quotesAll,
          quoted_match: /[\r\n]/,
          // A single empty cell without quotes is nothing but its line end.
          eof: endsWithLineEnd || (header.length === 1 && !quotesAll),
        });
        const path = write(encode(text, encoding));
        const index = await CsvIndex.open(path, {
          delimiter,
          header: true,
          ...(encoding === 'utf16le-bare' && { encoding: 'utf-16le' }),
        });
        await index.build();
        expect(index.rowCount).toBe(rows.length);
        const read = await readRows(index, 0, rows.length);
        expect(read.map(({ cells }) => cells)).toEqual(rows);
        const from = rows.length >> 1;
        expect(await readRows(index, from, 3)).toEqual(read.slice(from, from + 3));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the line and the byte offset at which csv-parse sees each record start', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ header, rows, lineEnd, quotesAll }) => {
        fc.pre(header.length > 1);
        const text = stringify([header, ...rows], {
          record_delimiter: lineEnd,
          quoted: quotesAll,
          quoted_empty: quotesAll,
          quoted_match: /[\r\n]/,
        });
        const index = await CsvIndex.open(write(text), { delimiter: ',', header: true });
        await index.build();
        const ends = parse(text, { info: true, record_delimiter: lineEnd }) as unknown as { info: { bytes: number } }[];
        for (let row = 0; row < index.rowCount; row++) {
          const { offset, line } = index.placeBefore(row);
          expect(offset).toBe(ends[row]!.info.bytes);
          const before = Buffer.from(text).subarray(0, offset).toString();
          expect(line).toBe(before.split(/\r\n|\n|\r/).length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('either reads any text or says what is wrong with it', async () => {
    const characters = fc.constantFrom('a', '1', ',', ';', '"', "'", '\n', '\r', ' ', '\0', 'é');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: characters, minLength: 1, maxLength: 50 }), async (text) => {
        try {
          const index = await CsvIndex.open(write(text));
          await index.build();
          const rows = await readRows(index, 0, Infinity);
          expect(rows).toHaveLength(index.rowCount);
          for (const { cells } of rows) expect(cells).toHaveLength(index.inspection.names.length);
        } catch (error) {
          expect(error).toMatchObject({
            name: 'LiftError',
            code: expect.stringMatching(/^csv-(invalid|empty)$/) as string,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads rows that lie in different pieces of the file', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, row) => `${row},"a ""quoted"" text\nof row ${row}",${'x'.repeat(row % 40)}`,
    );
    const index = await CsvIndex.open(write(`id,text,filler\r\n${lines.join('\r\n')}`));
    await index.build();
    expect(index.rowCount).toBe(20_000);
    const rows = await readRows(index, 13_234, 2);
    expect(rows).toEqual(
      [13_234, 13_235].map((rowId) => ({
        rowId,
        lineNumber: 2 + 2 * rowId,
        cells: [String(rowId), `a "quoted" text\nof row ${rowId}`, 'x'.repeat(rowId % 40)],
      })),
    );
    const all = await readRows(index, 0, 20_000);
    expect(all.map(({ cells }) => cells[1])).toEqual(all.map(({ rowId }) => `a "quoted" text\nof row ${rowId}`));
    expect(await readRows(index, 19_999, 10)).toHaveLength(1);
    expect(await readRows(index, 20_000, 10)).toEqual([]);
  });

  it('reads rows that are longer than a piece of the file', async () => {
    const texts = ['short', 'x'.repeat(700_000), '', 'y'.repeat(300_000), 'last'];
    for (const lineEnd of ['\n', '\r\n']) {
      const lines = texts.map((text, row) => `${row},"${text}"`);
      const index = await CsvIndex.open(write(`id,text${lineEnd}${lines.join(lineEnd)}${lineEnd}`));
      await index.build();
      expect((await readRows(index, 0, 5)).map(({ cells }) => cells[1])).toEqual(texts);
    }
  });

  it('reports progress up to 1, and stops when cancelled', async () => {
    const path = write(`a,b\n${`1,2${' '.repeat(100)}\n`.repeat(30_000)}`);
    const fractions: number[] = [];
    const index = await CsvIndex.open(path);
    await index.build({ onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions.at(-1)).toBe(1);
    const controller = new AbortController();
    const other = await CsvIndex.open(path);
    const building = other.build({
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    await expect(building).rejects.toMatchObject({ code: 'cancelled' });
    expect(other.rowCount).toBeGreaterThan(0);
    expect(other.complete).toBe(false);
    expect(await readRows(other, 100, 1)).toMatchObject([{ rowId: 100, lineNumber: 102, cells: ['1', '2'] }]);
  });

  it('refuses to read rows from a file that changed since', async () => {
    const path = write('a,b\n1,2\n');
    const index = await CsvIndex.open(path);
    await index.build();
    appendFileSync(path, '3,4\n');
    await expect(readRows(index, 0, 1)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
