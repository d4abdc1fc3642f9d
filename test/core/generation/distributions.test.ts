import { describe, expect, it } from 'vitest';
import { closestDistances } from '../../../src/core/generation/closest-record';
import { countsAsNumber } from '../../../src/core/generation/counts-as-number';
import { distributionsOf } from '../../../src/core/generation/distributions';
import { generatedColumn } from '../../../src/core/generation/generated-column';
import { correlationGap, marginalsOf } from '../../../src/core/generation/marginals';
import { spreadOver } from '../../../src/core/generation/spread-over';
import { distributionChart } from '../../../src/core/report/distribution-chart';
import { englishReport } from '../../../src/core/report/report-language';
import type { Cell } from '../../../src/core/table/table';
import { makeTable } from '../table/make-table';

const table = makeTable(
  ['length', 'kind', 'petals'],
  Array.from({ length: 40 }, (_, row) => [String(row), row < 30 ? 'rose' : `k${row}`, String(3 + (row % 2))]),
);
const all = [...table.rows.keys()];
const columns = table.columns.map((column) => generatedColumn(table, all, column, 'unknown'));
const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);

describe('the distributions of a report', () => {
  const made: Cell[][] = Array.from({ length: 10 }, () => ['39', 'rose', '3']);
  const [length, kind, petals] = distributionsOf(columns, made, table.rows, englishReport);

  it('tell numbers by stretches, words and few numbers one by one, the rare ones together', () => {
    expect(length).toMatchObject({ isNumeric: true, name: 'length' });
    expect(length!.made.at(-1)).toBeCloseTo(1, 9);
    expect(sum(length!.real)).toBeCloseTo(1, 9);
    expect(kind).toMatchObject({ isNumeric: false });
    expect([kind!.labels[0], kind!.labels.at(-1), kind!.real[0]]).toEqual(['rose', 'others', 0.75]);
    expect(sum(kind!.real)).toBeCloseTo(1, 9);
    expect(petals!.labels).toEqual(['3', '4']);
    expect(petals!.made).toEqual([1, 0]);
  });

  it('are drawn with two bars for each value', () => {
    const html = distributionChart({ ...petals!, name: '<petals>' }, englishReport);
    expect(html.match(/<rect/g)).toHaveLength(4);
    expect(html).toContain('made: 100.0 % 3');
    expect(html).not.toMatch(/<petals>|NaN/);
  });
});

describe('numbers of which there are few', () => {
  const small = makeTable(
    ['tenths', 'code', 'twice'],
    Array.from({ length: 40 }, (_, row) => [String(row % 20), String(row % 3), String(2 * (row % 20))]),
  );
  const few = small.columns.map((column) => generatedColumn(small, all, column, 'unknown'));

  it('are compared as numbers, unless they are so few that they are names', () => {
    expect(few.map(({ kind }) => kind)).toEqual(['choice', 'choice', 'choice']);
    expect(few.map(countsAsNumber)).toEqual([true, false, true]);
    // Each a step further: almost the same as numbers, though not a value is where it was.
    const moved = small.rows.map((cells): Cell[] => [String((Number(cells[0]) % 19) + 1), cells[1]!, cells[2]!]);
    expect(marginalsOf(few, moved, small.rows)[0]!.distance).toBeCloseTo(0.05, 9);
    expect(correlationGap(few, small.rows, small.rows)).toBe(0);
    expect(Math.max(...closestDistances(few, moved.slice(0, 10), small.rows))).toBeLessThan(0.05);
  });
});

it('takes a few rows from all over a sorted table', () => {
  expect(spreadOver([...Array(10).keys()], 3)).toEqual([0, 3, 6]);
  expect(spreadOver([1, 2], 5)).toEqual([1, 2]);
  expect(spreadOver([], 5)).toEqual([]);
});
