import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/core/table/read-table';
import { Utf8Check } from '../../../../src/core/table/csv/utf8-check';
import { temporaryFiles } from '../temporary-file';
import { inEnglish } from '../../../helpers/in-english';

const write = temporaryFiles();
const text = 'größe,Ort\n"1,5",Köln\n2,Orléans – Saint‑Jean\n';
const rows = [
  ['1.5', 'Köln'],
  ['2', 'Orléans – Saint‑Jean'],
];

function utf16(content: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(content, 'utf16le');
  return order === 'be' ? bytes.swap16() : bytes;
}

describe('readTable and encodings', () => {
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', utf16(`\ufeff${text}`, 'le')],
    ['utf-16be', utf16(`\ufeff${text}`, 'be')],
    ['utf-16le', utf16(text, 'le')],
    ['utf-16be', utf16(text, 'be')],
  ])('finds %s, with or without a byte order mark', async (encoding, bytes) => {
    const table = await readTable(write(bytes));
    expect(table.source.encoding).toBe(encoding);
    expect(table.columns.map(({ name }) => name)).toEqual(['größe', 'Ort']);
    expect(table.rows).toEqual(rows);
    expect(table.lineNumbers).toEqual([2, 3]);
  });

  it('reads a file that is not UTF-8 as windows-1252, and says so with the line', async () => {
    const bytes = Buffer.concat([
      Buffer.from('name,price\nA,1\nCaf'),
      Buffer.from([0xe9, 0x2c, 0x80]),
      Buffer.from('\nB,3\n'),
    ]);
    const table = await readTable(write(bytes));
    expect(table.source.encoding).toBe('windows-1252');
    expect(table.rows[1]).toEqual(['Café', '€']);
    expect(inEnglish(table.repairs)).toContainEqual(
      expect.objectContaining({ kind: 'encoding', message: expect.stringContaining('line 3') as string }),
    );
  });

  it('notices beyond the first megabyte that a file is not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`n,v\n${`abc,1${' '.repeat(100)}\n`.repeat(12_000)}Mal`),
      Buffer.from([0xf6]),
      Buffer.from(',2\n'),
    ]);
    const table = await readTable(write(bytes));
    expect(table.source.encoding).toBe('windows-1252');
    expect(table.rows.at(-1)).toEqual(['Malö', '2']);
    expect(inEnglish(table.repairs[0]?.message)).toContain('line 12002');
  });

  it('keeps a UTF-8 file with a damaged line as UTF-8, and reports the line', async () => {
    const bytes = Buffer.concat([
      Buffer.from('name,v\nKöln,1\nÅrhus,2\nM'),
      Buffer.from([0xfc]),
      Buffer.from('nchen,3\n'),
    ]);
    const table = await readTable(write(bytes));
    expect(table.source.encoding).toBe('utf-8');
    expect(table.rows.map(([name]) => name)).toEqual(['Köln', 'Århus', 'M\ufffdnchen']);
    expect(inEnglish(table.repairs)).toContainEqual(expect.objectContaining({ kind: 'invalid-characters', count: 1 }));
  });

  it('uses the encoding that it is told', async () => {
    const bytes = Buffer.from([...Buffer.from('n,v\n'), 0xb0, 0xa1, ...Buffer.from(',1\n')]);
    const table = await readTable(write(bytes), { encoding: 'euc-kr' });
    expect(table.rows).toEqual([['가', '1']]);
    const latin = await readTable(write(Buffer.from('n,v\n\xe9,1\n', 'latin1')), { encoding: 'latin1' });
    expect(latin.rows).toEqual([['é', '1']]);
    expect(latin.repairs).toEqual([]);
  });

  it('says when the told encoding is not supported, or does not fit', async () => {
    await expect(readTable(write(text), { encoding: 'ebcdic' })).rejects.toMatchObject({ code: 'usage' });
    const table = await readTable(write(Buffer.from('n,v\n\xe9,1\n', 'latin1')), { encoding: 'utf-8' });
    expect(inEnglish(table.repairs)).toContainEqual(expect.objectContaining({ kind: 'invalid-characters' }));
  });

  it('leaves out NUL bytes, and reports the lines', async () => {
    const table = await readTable(write('name,value\nab\0c,1\nd,2\nef,3\n'));
    expect(table.rows[0]).toEqual(['abc', '1']);
    expect(inEnglish(table.repairs)).toEqual([
      expect.objectContaining({ kind: 'nul-bytes', message: expect.stringContaining('line 2') as string }),
    ]);
  });

  it.each([
    ['Excel', Buffer.from('504b030414000600', 'hex')],
    ['gzip', Buffer.from('1f8b080000000000', 'hex')],
    ['control characters', Buffer.from(Array.from({ length: 400 }, (_, index) => (index % 31) + 1))],
    ['UTF-32', Buffer.from('fffe0000610000002c000000', 'hex')],
  ])('refuses a file that is not text: %s', async (word, bytes) => {
    const reading = readTable(write(bytes));
    await expect(reading).rejects.toMatchObject({
      code: 'csv-invalid',
      message: expect.stringContaining(word) as string,
    });
  });
});

describe('Utf8Check', () => {
  it('does not mistake a character that two pieces share for damage', () => {
    const bytes = Buffer.from('é漢🙂\n'.repeat(3));
    for (let cut = 0; cut <= bytes.length; cut++) {
      for (let other = cut; other <= bytes.length; other++) {
        const check = new Utf8Check();
        for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut, other), bytes.subarray(other)])
          check.add(piece, 1);
        check.finish(4);
        expect(check.firstInvalidLine).toBeUndefined();
      }
    }
  });

  it('finds a character that the end of the file cuts off', () => {
    const check = new Utf8Check();
    check.add(Buffer.from([0x61, 0xe6, 0xbc]), 1);
    check.finish(1);
    expect(check.invalidLines).toBe(1);
  });
});
