import { describe, expect, it } from 'vitest';
import { inferTable } from '../../../../src/core/table/columns/infer-table';
import type { InferredTable } from '../../../../src/core/table/columns/infer-table';
import type { Cell, Column } from '../../../../src/core/table/table';
import { inEnglish } from '../../../helpers/in-english';

interface Inferred {
  readonly column: Column;
  readonly cells: Cell[];
  readonly repairs: InferredTable['repairs'];
}

function infer(values: readonly string[], name = 'x', missingTokens?: readonly string[], delimiter = ','): Inferred {
  const texts = values.map((value) => [value]);
  const { columns, rows, repairs } = inferTable([name], texts, { isSample: false, delimiter, missingTokens });
  return { column: inEnglish(columns[0]) as Column, cells: rows.map((row) => row[0] ?? null), repairs };
}

const range = (count: number, text: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => text(index));

describe('inferring the type of a column', () => {
  it('finds numbers and whole numbers, with a reason', () => {
    expect(infer(['1.5', '2', '-3e2']).column).toMatchObject({
      type: 'number',
      reason: 'all 3 values are numbers, some with decimals',
    });
    expect(infer(['1', '2', '3']).column).toMatchObject({ type: 'integer', reason: 'all 3 values are whole numbers' });
    expect(infer(['1.0', '2.0']).column).toMatchObject({
      type: 'integer',
      numeric: { min: 1, max: 2, mean: 1.5, decimals: 1 },
    });
  });

  it('finds booleans in words of either case and in 0 and 1', () => {
    expect(infer(['yes', 'no', 'yes']).column.type).toBe('boolean');
    expect(infer(['FALSE', 'TRUE']).column.type).toBe('boolean');
    expect(infer(['on', 'off', '']).column).toMatchObject({ type: 'boolean', missing: 1 });
    expect(infer(['0', '1', '1']).column).toMatchObject({
      type: 'boolean',
      categories: [
        { value: '1', count: 2 },
        { value: '0', count: 1 },
      ],
    });
    expect(infer(['1', '2', '1']).column.type).toBe('integer');
  });

  it('finds dates, and leaves versions and codes alone', () => {
    expect(infer(['2024-01-31', '2023-12-01']).column.type).toBe('date');
    expect(infer(['31.01.2024', '-']).column).toMatchObject({ type: 'date', missing: 1 });
    expect(infer(['1.2.3', '1.2.4', '1.2.3']).column.type).toBe('category');
  });

  it('finds categories, text and identifiers among words', () => {
    expect(infer(range(40, (index) => ['red', 'green', 'blue'][index % 3]!)).column).toMatchObject({
      type: 'category',
      reason: '3 different values in 40 rows',
    });
    expect(infer(range(40, (index) => `A-${index}`)).column.type).toBe('identifier');
    expect(infer(range(40, (index) => `the customer wrote that item ${index} is broken`)).column.type).toBe('text');
    expect(infer(range(100, (index) => `word${index % 70}`)).column.type).toBe('text');
    expect(infer(['anna', 'ben', 'carl']).column.type).toBe('category');
  });

  it('takes different numbers for identifiers only when the name or their length says so', () => {
    const rows = range(30, (index) => String(index + 1));
    expect(infer(rows, 'x').column.type).toBe('integer');
    for (const name of ['id', 'customer_id', 'PassengerId', 'index', 'column_1', 'Unnamed: 0'])
      expect(infer(rows, name).column.type).toBe('identifier');
    expect(
      infer(
        range(30, (index) => String(4915112345678 + 7 * index)),
        'phone',
      ).column.type,
    ).toBe('identifier');
    expect(infer([...rows, ...rows], 'course_id').column).toMatchObject({ type: 'category' });
  });

  it('takes digits with leading zeros for codes and keeps them', () => {
    const { column, cells } = infer(['01234', '01234', '99999']);
    expect(column.type).toBe('category');
    expect(cells[0]).toBe('01234');
    expect(infer(['0', '0.5', '0']).column.type).toBe('number');
    const mixed = infer([...range(200, (index) => `0${(index % 50) + 100}`), 'H0H']);
    expect(mixed.column).toMatchObject({ type: 'category', missing: 0 });
  });

  it('reads the usual missing-value words, and reports them', () => {
    const { cells, column, repairs } = infer(['1', 'NA', '?', 'null', '', 'NaN', '#N/A', '2']);
    expect(cells).toEqual(['1', null, null, null, null, null, null, '2']);
    expect(column).toMatchObject({ type: 'integer', missing: 6 });
    expect(repairs).toEqual([expect.objectContaining({ kind: 'missing-values', count: 5 })]);
  });

  it('takes None and dashes for missing among numbers, and for values among words', () => {
    expect(infer(['1', 'None', '-', '3']).cells).toEqual(['1', null, null, '3']);
    const words = infer(['none', 'bank', 'stores', 'none']);
    expect(words.cells).toEqual(['none', 'bank', 'stores', 'none']);
    expect(words.column.reason).toBe('3 different values in 4 rows; among words "none" counts as a value');
    expect(infer(['+', '-', '-']).cells).toEqual(['+', '-', '-']);
  });

  it('keeps NA among other codes of two capitals', () => {
    expect(infer(['EU', 'NA', 'AS', 'AF', 'NA']).cells).toEqual(['EU', 'NA', 'AS', 'AF', 'NA']);
    expect(infer(['Europe', 'NA', 'Asia']).cells[1]).toBeNull();
  });

  it('uses exactly the missing-value words that it is told', () => {
    expect(infer(['1', '-9', 'NA', ''], 'x', ['-9']).cells).toEqual(['1', null, 'NA', null]);
  });

  it('reads infinities as missing and reports them', () => {
    const { cells, repairs } = infer(['1.5', 'inf', '-Infinity', '1e999', '2.5']);
    expect(cells).toEqual(['1.5', null, null, null, '2.5']);
    expect(repairs).toEqual([expect.objectContaining({ kind: 'infinite-values', count: 3 })]);
  });

  it('writes numbers plainly and reports how they were written', () => {
    const { cells, repairs, column } = infer(['1.234,50', '7', '0,5'], 'price', undefined, ';');
    expect(cells).toEqual(['1234.50', '7', '0.5']);
    expect(column).toMatchObject({ type: 'number', numeric: { decimals: 2 } });
    expect(repairs[0]).toMatchObject({ kind: 'number-style', count: 2 });
  });

  it('reads a few words among many numbers as missing and reports them, and keeps the words of a mixed column', () => {
    const numbers = range(100, (index) => String(index * 3));
    const { column, cells, repairs } = infer([...numbers, 'n/a yet', 'n/a yet']);
    expect(column).toMatchObject({ type: 'integer', missing: 2 });
    expect(cells.at(-1)).toBeNull();
    expect(repairs).toEqual([expect.objectContaining({ kind: 'not-numbers', count: 2 })]);
    expect(infer(range(40, (index) => (index % 2 ? 'low' : '5'))).column).toMatchObject({
      type: 'category',
      missing: 0,
    });
  });

  it('describes a column without values', () => {
    expect(infer(['', 'NA']).column).toMatchObject({
      type: 'text',
      reason: 'every value is missing',
      distinct: 0,
      examples: [],
    });
  });

  it('lists examples in the order of the file and categories by count', () => {
    const { column } = infer(['c', 'a', 'b', 'a', 'd', 'e', 'f']);
    expect(column.examples).toEqual(['c', 'a', 'b', 'd', 'e']);
    expect(column.categories?.[0]).toEqual({ value: 'a', count: 2 });
  });

  it('tells a repair of many columns in one sentence', () => {
    const names = range(20, (index) => `c${index}`);
    const { repairs } = inferTable(names, [names.map(() => 'NA'), names.map(() => '1')], {
      isSample: false,
      delimiter: ',',
    });
    expect(repairs).toHaveLength(6);
    expect(inEnglish(repairs.at(-1))).toMatchObject({ count: 15, message: 'The same in 15 more columns (15 cells).' });
  });
});
