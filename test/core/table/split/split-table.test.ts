import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTable } from '../../../../src/core/table/split/split-table';
import type { Split } from '../../../../src/core/table/split/split-table';
import type { Table } from '../../../../src/core/table/table';
import { makeTable } from '../make-table';

/** A table with the given number of rows of each class, interleaved, each row different. */
function classTable(counts: readonly number[]): Table {
  const rows = counts.flatMap((count, label) =>
    Array.from({ length: count }, (_, row) => [String(row * 10 + label), `class ${label}`]),
  );
  rows.sort(([left], [right]) => Number(left) - Number(right));
  return makeTable(['x', 'y'], rows);
}

const classify = { target: 'y', task: 'classification', seed: 0 } as const;

function countsOf(table: Table, rows: readonly number[], labels: number): number[] {
  return Array.from(
    { length: labels },
    (_, label) => rows.filter((row) => table.rows[row]?.[1] === `class ${label}`).length,
  );
}

function allRows({ train, validation, test, unlabelled }: Split): number[] {
  return [...train, ...validation, ...test, ...unlabelled].sort((left, right) => left - right);
}

describe('splitTable', () => {
  it('splits 64/16/20 with every class in proportion', () => {
    const table = classTable([50, 50, 50]);
    const split = splitTable(table, classify);
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([96, 24, 30]);
    expect(countsOf(table, split.test, 3)).toEqual([10, 10, 10]);
    expect(countsOf(table, split.validation, 3)).toEqual([8, 8, 8]);
  });

  it('puts every row into one part, and every class into the training part, however rare', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 })
          .filter((counts) => counts.reduce((a, b) => a + b) >= 5),
        fc.nat(),
        fc.boolean(),
        (counts, seed, keepDuplicatesTogether) => {
          const table = classTable(counts);
          const split = splitTable(table, { ...classify, seed, testSeed: seed, keepDuplicatesTogether });
          expect(allRows(split)).toEqual(table.rows.map((_, row) => row));
          expect(Math.min(...countsOf(table, split.train, counts.length))).toBeGreaterThan(0);
          for (const [label, count] of countsOf(table, split.test, counts.length).entries()) {
            expect(Math.abs(count - 0.2 * counts[label]!)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('chooses test rows by testSeed alone, and validation rows by seed', () => {
    const table = classTable([60, 40]);
    const first = splitTable(table, classify);
    const second = splitTable(table, { ...classify, seed: 1 });
    expect(second.test).toEqual(first.test);
    expect(second.validation).not.toEqual(first.validation);
    expect(splitTable(table, { ...classify, testSeed: 1 }).test).not.toEqual(first.test);
    expect(splitTable(table, classify)).toEqual(first);
  });

  it('gives a numeric target the same distribution in all parts', () => {
    const table = makeTable(
      ['x', 'y'],
      Array.from({ length: 1000 }, (_, row) => [String((row * 7919) % 1009), String(row * row)]),
    );
    const split = splitTable(table, { target: 'y', task: 'regression', seed: 0 });
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([640, 160, 200]);
    for (const [part, expected] of [
      [split.test, 20],
      [split.validation, 16],
    ] as const) {
      for (let tenth = 0; tenth < 10; tenth++) {
        const inTenth = part.filter((row) => Math.floor(row / 100) === tenth).length;
        expect(Math.abs(inTenth - expected)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('leaves rows without a target out, and lists them', () => {
    const rows = Array.from({ length: 30 }, (_, row) => [String(row), row % 3 === 0 ? '' : row % 2 ? 'a' : 'b']);
    const split = splitTable(makeTable(['x', 'y'], rows), classify);
    expect(split.unlabelled).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
    expect(split.train.length + split.validation.length + split.test.length).toBe(20);
  });

  it('takes the shares that it is told', () => {
    const table = classTable([50, 50]);
    const split = splitTable(table, { ...classify, testFraction: 0, validationFraction: 0.5 });
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([50, 50, 0]);
    expect(() => splitTable(table, { ...classify, testFraction: 1 })).toThrow(
      expect.objectContaining({ code: 'usage' }) as Error,
    );
  });

  it('reports test and validation rows that repeat training rows, with and without the same target', () => {
    const rows = Array.from({ length: 100 }, (_, row) => [String(row % 4), row % 8 === 0 ? 'odd' : `y${row % 4}`]);
    const table = makeTable(['x', 'y'], rows);
    const { leak, test, validation } = splitTable(table, classify);
    expect(leak.test.rows).toBe(test.length);
    expect(leak.test.sameFeatures).toBe(test.length);
    expect(leak.validation.sameFeatures).toBe(validation.length);
    expect(leak.test.sameTarget).toBe(test.length);
    const alike = makeTable(
      ['x', 'y'],
      Array.from({ length: 40 }, (_, row) => ['1', String(row)]),
    );
    const other = splitTable(alike, { target: 'y', task: 'regression', seed: 0 });
    expect(other.leak.test).toEqual({ rows: 8, sameFeatures: 8, sameTarget: 0 });
  });

  it('keeps copies of a row in one part when asked to', () => {
    const rows = Array.from({ length: 400 }, (_, row) => [String(row % 70), row % 70 < 35 ? 'a' : 'b']);
    const table = makeTable(['x', 'y'], rows);
    const split = splitTable(table, { ...classify, keepDuplicatesTogether: true });
    expect(split.leak.test).toEqual({ rows: split.test.length, sameFeatures: 0, sameTarget: 0 });
    expect(split.leak.validation.sameFeatures).toBe(0);
    expect(Math.abs(split.test.length - 80)).toBeLessThanOrEqual(12);
    expect(allRows(split)).toHaveLength(400);
  });

  it('compares rows without their identifiers, or by the features that it is told', () => {
    const rows = Array.from({ length: 50 }, (_, row) => [String(row), String(row % 2), row % 2 ? 'a' : 'b']);
    const table = makeTable(['id', 'x', 'y'], rows);
    expect(splitTable(table, classify).leak.test.sameTarget).toBe(10);
    expect(splitTable(table, { ...classify, features: ['id'] }).leak.test.sameTarget).toBe(0);
  });

  it('names the column that was probably meant', () => {
    const table = makeTable(
      ['weight', 'species'],
      Array.from({ length: 10 }, (_, row) => [String(row), 'a']),
    );
    expect(() => splitTable(table, { ...classify, target: 'specie' })).toThrow(
      expect.objectContaining({
        code: 'column-missing',
        hint: expect.stringContaining('Did you mean "species"?') as string,
      }) as Error,
    );
  });

  it('refuses a target with too few values or, for regression, with words', () => {
    const table = makeTable(
      ['x', 'y'],
      [
        ['1', 'a'],
        ['2', 'b'],
        ['3', ''],
        ['4', 'a'],
        ['5', 'b'],
      ],
    );
    expect(() => splitTable(table, classify)).toThrow('Only 4 rows of 5 have a value in "y".');
    const words = makeTable(
      ['x', 'y'],
      Array.from({ length: 10 }, (_, row) => [String(row), 'many']),
    );
    expect(() => splitTable(words, { ...classify, task: 'regression' })).toThrow(/"many" in "y" is not a number/);
  });
});

describe('a split that the table tells', () => {
  const told = (words: readonly string[]): Table =>
    makeTable(
      ['x', 'part', 'y'],
      words.map((word, row) => [String(row), word, row % 2 === 0 ? 'a' : 'b']),
    );

  it('is taken as it is', () => {
    const table = told(['train', 'test', 'Train', 'validation', 'train', 'test']);
    const split = splitTable(table, { ...classify, partColumn: 'part', features: ['x'] });
    expect(split).toMatchObject({ train: [0, 2, 4], validation: [3], test: [1, 5] });
  });

  it('names the line with another word, and needs rows for training', () => {
    const split = (words: readonly string[]) => () => splitTable(told(words), { ...classify, partColumn: 'part' });
    expect(split(['train', 'test', 'exam', 'test', 'test'])).toThrow('Line 4 says "exam" in "part"');
    expect(split(['test', 'test', 'test', 'test', 'test'])).toThrow('No row is for training');
  });
});
