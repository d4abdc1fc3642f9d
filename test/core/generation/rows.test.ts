import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { readConditions } from '../../../src/core/generation/conditions';
import { closestDistances, medianOf } from '../../../src/core/generation/closest-record';
import { generatedColumn } from '../../../src/core/generation/generated-column';
import type { GeneratedColumn } from '../../../src/core/generation/generated-column';
import { columnOrder } from '../../../src/core/generation/generator-model';
import { correlationGap, marginalsOf } from '../../../src/core/generation/marginals';
import { RowLanguage } from '../../../src/core/generation/row-language';
import type { Tokenizer } from '../../../src/core/model/tokenizer/tokenizer';
import { loadTokenizer } from '../../../src/core/model/tokenizer/load-tokenizer';
import { resolveModel } from '../../../src/core/model/resolve-model';
import type { Cell, Table } from '../../../src/core/table/table';
import { makeTable } from '../table/make-table';

const random = new Random(3);
const table: Table = makeTable(
  ['kind', 'length', 'petals', 'note'],
  Array.from({ length: 80 }, (_, row) => [
    ['lily', 'lily of the valley', 'rose; red'][row % 3]!,
    (5 + 20 * random.next()).toFixed(2),
    String(3 + (row % 4)),
    row % 5 === 0 ? '' : row % 2 === 0 ? 'a' : 'ab',
  ]),
);
const all = [...table.rows.keys()];
const columns: GeneratedColumn[] = table.columns.map((column) => generatedColumn(table, all, column, 'unknown'));
const [kind, length, petals, note] = columns as [GeneratedColumn, GeneratedColumn, GeneratedColumn, GeneratedColumn];

describe('a column of rows to be made', () => {
  it('is numbers by rank, or a choice of what there is', () => {
    expect(columns.map((column) => column.kind)).toEqual(['choice', 'number', 'choice', 'choice']);
    expect(petals.texts).toEqual(['3', '4', '5', '6']);
    expect(note.texts).toEqual(['a', 'ab', 'unknown']);
    expect(note.cellOf(2)).toBeNull();
  });

  it('reads every text as a cell within the range, with the digits of the column', () => {
    const numbers = table.rows.map((cells) => Number(cells[1]));
    for (let text = 0; text < length.texts.length; text++) {
      const cell = length.cellOf(text)!;
      expect(cell).toMatch(/^\d+\.\d\d$/);
      expect(Number(cell)).toBeGreaterThanOrEqual(Math.min(...numbers));
      expect(Number(cell)).toBeLessThanOrEqual(Math.max(...numbers));
    }
    expect(length.textOf('1000')).toBeUndefined();
    expect(kind.textOf('tulip')).toBeUndefined();
  });

  it('finds its cells again, numbers as nearly as three digits can', () => {
    for (const cells of table.rows) {
      for (const column of [kind, petals, note]) {
        expect(column.cellOf(column.textOf(cells[column.index]!)!)).toBe(cells[column.index]);
      }
      expect(Number(length.cellOf(length.textOf(cells[1]!)!))).toBeCloseTo(Number(cells[1]), 1);
    }
  });
});

describe('the language of rows', () => {
  let tokenizer: Tokenizer;

  beforeAll(async () => {
    tokenizer = await loadTokenizer(await resolveModel('embedded'));
  });

  it('reads what it writes, in any order of the columns', () => {
    const language = new RowLanguage(columns, tokenizer);
    for (const [index, cells] of table.rows.entries()) {
      const order = columnOrder(columns.length, [], Random.derive(1, String(index)), false);
      const { tokens, lossPositions } = language.example(cells, order)!;
      expect(lossPositions[0]).toBe(language.start.length);
      const reader = language.reader(order);
      const written: number[] = [];
      for (const token of tokens.subarray(language.start.length)) {
        reader.follow(written);
        expect(reader.allowed()).toContain(token);
        written.push(token);
      }
      reader.follow(written);
      expect(reader.isWhole).toBe(true);
      expect(written.length).toBeLessThanOrEqual(language.longest);
      for (const [place, column] of columns.entries()) {
        expect(reader.texts.get(place)).toBe(column.textOf(cells[column.index]!));
      }
    }
  });

  it('ends in a whole row whatever is chosen among what it allows', () => {
    const language = new RowLanguage(columns, tokenizer);
    const chance = new Random(9);
    for (let row = 0; row < 50; row++) {
      const reader = language.reader(columnOrder(columns.length, [], chance));
      const written: number[] = [];
      while (!reader.isWhole) {
        const allowed = reader.allowed();
        written.push(allowed[chance.below(allowed.length)]!);
        reader.follow(written);
      }
      expect([...reader.texts.keys()].sort()).toEqual([0, 1, 2, 3]);
    }
  });
});

describe('the order of columns', () => {
  it('begins with what is given, then the answer', () => {
    const order = columnOrder(5, [3], new Random(1));
    expect(order.slice(0, 2)).toEqual([3, 0]);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(columnOrder(5, [], new Random(1))[0]).toBe(0);
  });
});

describe('conditions on rows', () => {
  it('are values that training rows have', () => {
    expect(readConditions(['kind=lily', 'length=10'], columns)).toMatchObject([
      { place: 0, cell: 'lily' },
      { place: 1, cell: '10' },
    ]);
    const reading =
      (...texts: string[]) =>
      () =>
        readConditions(texts, columns);
    expect(reading('kind=lilly')).toThrow('No training row has "lilly"');
    expect(reading('length=100')).toThrow('"100" is not between');
    expect(reading('kid=lily')).toThrow('The rows have no column "kid".');
    expect(reading('kind')).toThrow('is no condition');
    expect(reading('kind=lily', 'kind=lily')).toThrow('is given twice');
    expect(reading('kind=lily', 'length=10', 'petals=3', 'note=a')).toThrow('nothing to make');
  });
});

describe('the likeness of rows', () => {
  const rows = table.rows;
  const moved = rows.map((cells): Cell[] => cells.with(1, String(Number(cells[1]) + 30)));

  it('is measured column by column', () => {
    expect(marginalsOf(columns, rows, rows).map(({ distance }) => distance)).toEqual([0, 0, 0, 0]);
    const apart = marginalsOf(columns, moved, rows);
    expect(apart.map(({ distance }) => distance)).toEqual([0, 1, 0, 0]);
    expect(correlationGap(columns, rows, rows)).toBeUndefined();
  });

  it('is no distance at all for copies', () => {
    expect(closestDistances(columns, rows, rows).every((distance) => distance === 0)).toBe(true);
    expect(medianOf(closestDistances(columns, moved, rows))).toBeGreaterThan(0.25);
  });
});
