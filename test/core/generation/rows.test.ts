import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { readConditions } from '../../../src/core/generation/conditions';
import { columnOrder, orderName } from '../../../src/core/generation/column-order';
import { KnownRows } from '../../../src/core/generation/copies';
import { median } from '../../../src/core/foundation/median';
import { closestDistances } from '../../../src/core/generation/closest-record';
import { generatedColumn } from '../../../src/core/generation/generated-column';
import type { GeneratedColumn } from '../../../src/core/generation/generated-column';
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
  it('is numbers by their share of the rows, or a choice of what there is', () => {
    expect(columns.map((column) => column.kind)).toEqual(['choice', 'number', 'choice', 'choice']);
    expect(petals.texts).toEqual(['3', '4', '5', '6']);
    expect(note.texts).toEqual(['a', 'ab', 'unknown']);
    expect(note.cellOf(2, 0)).toBeNull();
  });

  it('reads every text as a cell within the range, with the digits of the column', () => {
    const numbers = table.rows.map((cells) => Number(cells[1]));
    for (let text = 0; text < length.texts.length; text++) {
      const cell = length.cellOf(text, 0.5)!;
      expect(cell).toMatch(/^\d+\.\d\d$/);
      expect(Number(cell)).toBeGreaterThanOrEqual(Math.min(...numbers));
      expect(Number(cell)).toBeLessThanOrEqual(Math.max(...numbers));
    }
    expect(length.textOf('1000', 0)).toBeUndefined();
    expect(kind.textOf('tulip', 0)).toBeUndefined();
  });

  it('finds its cells again, numbers within the stretch that stands for them', () => {
    const numbers = table.rows.map((cells) => Number(cells[1])).sort((a, b) => a - b);
    for (const cells of table.rows) {
      for (const column of [kind, petals, note]) {
        expect(column.cellOf(column.textOf(cells[column.index]!, 0.3)!, 0.7)).toBe(cells[column.index]);
      }
      const at = numbers.indexOf(Number(cells[1]));
      const again = Number(length.cellOf(length.textOf(cells[1]!, 0.5)!, 0.5));
      expect(again).toBeGreaterThanOrEqual(numbers[at - 1] ?? numbers[0]!);
      expect(again).toBeLessThanOrEqual(numbers[at + 1] ?? numbers.at(-1)!);
    }
  });

  it('tells a number that few rows have by any share near its own, one that many have by theirs alone', () => {
    const cells = [
      ...Array.from({ length: 600 }, (_, row) => [`${row}.5`, 'a']),
      ...Array.from({ length: 400 }, () => ['999', 'b']),
    ];
    const long = makeTable(['number', 'letter'], cells);
    const column = generatedColumn(long, [...long.rows.keys()], long.columns[0]!, 'unknown');
    const range = (cell: string): (number | undefined)[] => [0, 1].map((place) => column.textOf(cell, place));
    expect(range('300.5')).toEqual([290, 310]);
    expect(range('0.5')).toEqual([0, 10]);
    expect(range('999')).toEqual([600, 999]);
  });

  it('writes every text about as often, whatever the numbers are', () => {
    const chance = new Random(11);
    const tenths = new Array<number>(10).fill(0);
    for (let round = 0; round < 20; round++) {
      for (const cells of table.rows) tenths[Math.floor(length.textOf(cells[1]!, chance.next())! / 100)]!++;
    }
    for (const count of tenths) expect(Math.abs(count - 160)).toBeLessThan(20);
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
      const order = Random.derive(1, String(index)).shuffle([0, 1, 2, 3]);
      const { tokens, lossPositions } = language.example(cells, order, new Random(index))!;
      const reader = language.reader(order);
      const written: number[] = [];
      const choices: number[] = [];
      for (const [at, token] of tokens.entries()) {
        if (at < language.start.length) continue;
        reader.follow(written);
        expect(reader.allowed()).toContain(token);
        if (reader.allowed().length > 1) choices.push(at);
        written.push(token);
      }
      // What can be nothing else is not learnt.
      expect([...lossPositions]).toEqual(choices);
      reader.follow(written);
      expect(reader.isWhole).toBe(true);
      expect(written.length).toBeLessThanOrEqual(language.longest);
      for (const [place, column] of columns.entries()) {
        const text = reader.texts.get(place)!;
        const [least, greatest] = [0, 1].map((end) => column.textOf(cells[column.index]!, end)!);
        expect(text >= least! && text <= greatest!).toBe(true);
      }
    }
  });

  it('lets an answer at the end count as much as all columns before it, and any other order all alike', () => {
    const language = new RowLanguage(columns, tokenizer);
    const weightsOf = (order: readonly number[]): number[] => [
      ...language.example(table.rows[0]!, order, new Random(4))!.weights!,
    ];
    expect(weightsOf([0, 1, 2, 3]).every((weight) => weight === 1)).toBe(true);
    const atEnd = weightsOf([1, 2, 3, 0]);
    const ofAnswer = atEnd.findIndex((weight) => weight !== 1);
    expect(ofAnswer).toBeGreaterThan(2);
    expect(atEnd.slice(ofAnswer).every((weight) => weight === 3)).toBe(true);
  });

  it('tells a number in another way each time', () => {
    const language = new RowLanguage(columns, tokenizer);
    const chance = new Random(2);
    const told = Array.from({ length: 8 }, () => language.example(table.rows[0]!, [0, 1, 2, 3], chance)!.tokens.join());
    expect(new Set(told).size).toBeGreaterThan(3);
  });

  it('ends in a whole row whatever is chosen among what it allows', () => {
    const language = new RowLanguage(columns, tokenizer);
    const chance = new Random(9);
    for (let row = 0; row < 50; row++) {
      const reader = language.reader(columnOrder(columns.length, [], 'classification'));
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
  it('begins with what is given, then a class', () => {
    expect(columnOrder(5, [], 'classification')).toEqual([0, 1, 2, 3, 4]);
    expect(columnOrder(5, [3, 1], 'classification')).toEqual([1, 3, 0, 2, 4]);
  });

  it('ends with a number that is not given', () => {
    expect(columnOrder(4, [], 'regression')).toEqual([1, 2, 3, 0]);
    expect(columnOrder(4, [2], 'regression')).toEqual([2, 1, 3, 0]);
    expect(columnOrder(4, [2, 0], 'regression')).toEqual([0, 2, 1, 3]);
  });

  it('has one name wherever the order is the same', () => {
    expect([[], [0], [3, 1], [1, 3]].map((given) => orderName(given, 'classification'))).toEqual([
      'rows',
      'rows',
      'given-1-3',
      'given-1-3',
    ]);
    expect(orderName([0], 'regression')).toBe('given-0');
  });
});

describe('copies', () => {
  const known = new KnownRows([
    ['a', '1.0'],
    ['a', '2'],
    ['a', '1'],
    ['b', null],
  ]);

  it('are rows with the same values, however numbers are written', () => {
    expect(known.has(['a', '1.00'])).toBe(true);
    expect(known.has(['a', '2.0'])).toBe(true);
    expect(known.has(['b', '1'])).toBe(false);
    expect(known.has(['b', null])).toBe(true);
  });

  it('are allowed as often as the rows repeat one another', () => {
    expect(known.repeated).toBe(0.25);
    expect(known.copiesAmong(10)).toBe(2);
    expect(new KnownRows([['a'], ['b']]).copiesAmong(1000)).toBe(0);
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
    expect(median(closestDistances(columns, moved, rows))).toBeGreaterThan(0.25);
  });
});
