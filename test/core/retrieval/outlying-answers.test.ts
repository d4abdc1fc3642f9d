import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { outlyingAnswers } from '../../../src/core/retrieval/outlying-answers';
import type { Table } from '../../../src/core/table/table';
import { makeTable } from '../table/make-table';

const count = 300;
const rows = Array.from({ length: count }, (_, row) => row);

/** A noisy curve of x beside a column of noise; `answer` may replace the answer of a row. */
function curve(answer: (row: number, own: number) => number = (_, own) => own, length = count): Table {
  const random = new Random(3);
  const cells = Array.from({ length }, (_, row) => {
    const x = 10 * random.next();
    const own = 5 * Math.sin(x) + random.normal();
    return [x.toFixed(3), random.next().toFixed(3), String(answer(row, own))];
  });
  return makeTable(['x', 'noise', 'y'], cells);
}

function found(table: Table, among: readonly number[] = rows): number[] {
  return outlyingAnswers(table, among, { features: [0, 1], target: 2, random: new Random(1) });
}

describe('outlyingAnswers', () => {
  it.each([10, 5])('finds most of the answers that were thrown far off, one in %i, and no other', (every) => {
    const isWrong = (row: number): boolean => row % every === 0;
    const outliers = found(curve((row, own) => (isWrong(row) ? 30 + row : own)));
    expect(outliers.every(isWrong)).toBe(true);
    expect(outliers.length).toBeGreaterThan(0.8 * rows.filter(isWrong).length);
  });

  it('finds them on either side, and among the given rows only', () => {
    const table = curve((row, own) => (row % 5 === 0 ? (row % 2 === 0 ? 1 : -1) * 60 : own));
    const among = rows.slice(100);
    const outliers = found(table, among);
    expect(new Set(outliers.map((row) => Math.sign(Number(table.rows[row]![2])))).size).toBe(2);
    expect(Math.min(...outliers)).toBeGreaterThanOrEqual(100);
  });

  it('lets a table be that is noisy, or whose answers jump between values that many rows have', () => {
    const random = new Random(8);
    expect(found(curve())).toEqual([]);
    expect(found(curve((_, own) => own + 4 * random.normal()))).toEqual([]);
    // What decides between the levels is not among the columns.
    expect(found(curve((_, own) => own + (random.next() < 0.3 ? 40 : 0)))).toEqual([]);
  });

  it('keeps a few far answers, and those of a table that is too small to tell', () => {
    expect(found(curve((row, own) => (row % 50 === 0 ? 80 : own)))).toEqual([]);
    const table = curve((row, own) => (row % 5 === 0 ? 80 : own));
    expect(found(table, rows.slice(0, 60))).toEqual([]);
  });

  it('judges all rows of a large table by a sample', () => {
    const length = 3000;
    const isWrong = (row: number): boolean => row % 6 === 0;
    const all = Array.from({ length }, (_, row) => row);
    const outliers = found(
      curve((row, own) => (isWrong(row) ? 70 + row : own), length),
      all,
    );
    expect(outliers.every(isWrong)).toBe(true);
    expect(outliers.length).toBeGreaterThan(0.8 * all.filter(isWrong).length);
  });

  it('finds nothing where most rows answer just as those like them', () => {
    expect(found(curve((row) => (row % 10 === 0 ? 100 + row : 1)))).toEqual([]);
  });
});
