import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { NeighbourIndex } from '../../../src/core/retrieval/neighbour-index';
import type { RelevanceOptions } from '../../../src/core/retrieval/neighbour-index';
import { makeTable } from '../table/make-table';

const count = 240;
const rows = Array.from({ length: count }, (_, row) => row);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Two columns that matter together only, three of noise, a text; a class and a number that follow from the two. */
const random = new Random(11);
const cells = rows.map((row): string[] => {
  const [a, b] = [random.next() - 0.5, random.next() - 0.5];
  const isSame = a * b > 0;
  const noise = [random.next(), random.next(), random.next()].map(String);
  return [String(a), String(b), ...noise, `text ${row % 5}`, isSame ? 'yes' : 'no', String(isSame ? 10 : -10)];
});
const table = makeTable(['a', 'b', 'c', 'd', 'e', 'word', 'class', 'number'], cells);
const features = [0, 1, 2, 3, 4, 5];
const tasks = { classification: 6, regression: 7 } as const;

function indexOf(weights: RelevanceOptions['weights'], task: keyof typeof tasks, among = rows): NeighbourIndex {
  return NeighbourIndex.build(table, among, features, { weights, target: { index: tasks[task], task } });
}

describe('nearness by a forest', () => {
  it.each(['classification', 'regression'] as const)(
    'finds rows that are alike in what matters only together (%s)',
    (task) => {
      const [learnt, asked] = [rows.slice(0, 180), rows.slice(180)];
      const alike = (weights: RelevanceOptions['weights']): number => {
        const index = indexOf(weights, task, learnt);
        const shares = asked.map((row) =>
          mean(
            index.nearest(cells[row]!, 8).map((near) => Number(cells[near]![tasks[task]] === cells[row]![tasks[task]])),
          ),
        );
        return mean(shares);
      };
      expect(alike('forest')).toBeGreaterThan(0.8);
      expect(alike('forest')).toBeGreaterThan(alike('relevance') + 0.1);
    },
  );

  it('tells nothing of the answer of an indexed row that is left out', () => {
    const draw = new Random(5);
    const noise = cells.map((row) => [...row.slice(0, 7), String(draw.normal())]);
    const noisy = makeTable(['a', 'b', 'c', 'd', 'e', 'word', 'class', 'number'], noise);
    const index = NeighbourIndex.build(noisy, rows, features, {
      weights: 'forest',
      target: { index: 7, task: 'regression' },
    });
    const distances = rows.flatMap((row) =>
      index.nearest(noise[row]!, 8, row).map((near) => Math.abs(Number(noise[near]![7]) - Number(noise[row]![7]))),
    );
    // As far off as any two normal numbers: trees that have learnt a row would put it beside such that answer the same.
    expect(mean(distances)).toBeGreaterThan(2 / Math.sqrt(Math.PI) - 0.1);
  });

  it('sorts all rows: the few nearest are the first of many', () => {
    const index = indexOf('forest', 'regression');
    const all = index.neighbours(cells[3]!, count, 3);
    expect(all).toHaveLength(count - 1);
    expect(index.neighbours(cells[3]!, 10, 3)).toEqual(all.slice(0, 10));
    for (const [place, { distance }] of all.slice(1).entries())
      expect(distance).toBeGreaterThanOrEqual(all[place]!.distance);
  });

  it('takes rows with missing and unknown values, and leaves those without an answer to the difference of columns', () => {
    const holes = cells.map((row, place) => row.map((cell, column) => ((place + column) % 7 === 0 ? '' : cell)));
    const holed = makeTable(['a', 'b', 'c', 'd', 'e', 'word', 'class', 'number'], holes);
    for (const [task, index] of Object.entries(tasks) as ['classification' | 'regression', number][]) {
      const found = NeighbourIndex.build(holed, rows, features, { weights: 'forest', target: { index, task } });
      const near = found.neighbours([null, '5', null, 'x', '1e9', 'never seen', null, null], 20);
      expect(near).toHaveLength(20);
      for (const { distance } of near) expect(Number.isFinite(distance)).toBe(true);
    }
  });

  it('is the same every time', () => {
    const [first, second] = [indexOf('forest', 'classification'), indexOf('forest', 'classification')];
    for (const row of rows.slice(0, 20))
      expect(first.nearest(cells[row]!, 8, row)).toEqual(second.nearest(cells[row]!, 8, row));
  });
});
