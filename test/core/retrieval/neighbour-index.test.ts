import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NeighbourIndex } from '../../../src/core/retrieval/neighbour-index';
import type { Table } from '../../../src/core/table/table';
import { makeTable } from '../table/make-table';

const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The distance as its definition says, without any short cut. */
function plainDistance(table: Table, rows: readonly number[], left: number, right: number): number {
  let distance = 0;
  for (const { index, type } of table.columns) {
    const [a, b] = [table.rows[left]![index] ?? null, table.rows[right]![index] ?? null];
    const column = rows.map((row) => table.rows[row]![index] ?? null);
    if (type === 'number' || type === 'integer') {
      const values = column.filter((cell) => cell !== null).map(Number);
      const rank = (cell: string | null): number => {
        if (cell === null) return 0.5;
        const smaller = values.filter((value) => value < Number(cell)).length;
        const equal = values.filter((value) => value === Number(cell)).length;
        return Math.fround((smaller + equal / 2) / values.length);
      };
      distance += Math.abs(rank(a) - rank(b));
      if ((a === null) !== (b === null)) distance += 0.25;
    } else if (a !== b) {
      const counts = new Map<string | null, number>();
      for (const cell of column) counts.set(cell, (counts.get(cell) ?? 0) + 1);
      const alike = [...counts.values()].reduce((sum, count) => sum + (count / column.length) ** 2, 0);
      distance += Math.min(1, 1 / 3 / (1 - alike));
    }
  }
  return distance;
}

describe('NeighbourIndex', () => {
  const flowers = makeTable(
    ['length', 'colour', 'species'],
    [
      ['1.0', 'red', 'a'],
      ['1.1', 'blue', 'a'],
      ['5.0', 'red', 'b'],
      ['5.1', 'red', 'b'],
      ['9.0', 'blue', 'c'],
      ['', 'blue', 'c'],
    ],
  );

  it('finds the nearest rows, nearest first', () => {
    const index = NeighbourIndex.build(flowers, indices(6), [0, 1]);
    expect(index.nearest(['5.0', 'red', null], 3)).toEqual([2, 3, 0]);
    expect(index.nearest(['9.5', 'blue', null], 1)).toEqual([4]);
  });

  it('leaves the row itself out, and knows only the rows it was given', () => {
    const index = NeighbourIndex.build(flowers, [0, 1, 2, 4], [0, 1]);
    expect(index.nearest(flowers.rows[2]!, 2)).toEqual([2, 0]);
    expect(index.nearest(flowers.rows[2]!, 9, 2)).toHaveLength(3);
    expect(index.nearest(flowers.rows[2]!, 9, 2)).not.toContain(2);
    expect(index.nearest(flowers.rows[3]!, 9)).not.toContain(3);
    expect(index.nearest(flowers.rows[3]!, 0)).toEqual([]);
  });

  it('takes missing for a value of its own', () => {
    const index = NeighbourIndex.build(flowers, indices(6), [0]);
    expect(index.nearest([null, null, null], 1)).toEqual([5]);
    const words = makeTable(['colour'], [['red'], [''], ['blue'], ['red']]);
    expect(NeighbourIndex.build(words, indices(4), [0]).nearest([null], 1)).toEqual([1]);
  });

  it('prefers the earlier of equally near rows', () => {
    const table = makeTable(
      ['x'],
      Array.from({ length: 50 }, (_, row) => [String(row % 2)]),
    );
    const index = NeighbourIndex.build(table, [...indices(50)].reverse(), [0]);
    expect(index.nearest(['1'], 4)).toEqual([1, 3, 5, 7]);
  });

  it('orders dates, and cells of other tables that do not fit count as missing', () => {
    const table = makeTable(
      ['day', 'x'],
      [
        ['13.01.2020', '1'],
        ['14.01.2020', '2'],
        ['01.12.2020', '3'],
      ],
    );
    const index = NeighbourIndex.build(table, indices(3), [0]);
    expect(index.nearest(['02.11.2020', null], 1)).toEqual([2]);
    expect(NeighbourIndex.build(table, indices(3), [1]).nearest([null, 'many'], 1)).toEqual([1]);
  });

  it('weighs features as it is told, or by their relevance', () => {
    const rows = Array.from({ length: 200 }, (_, row) => [
      String((row * 37) % 200),
      String(row),
      row < 100 ? 'a' : 'b',
    ]);
    const table = makeTable(['noise', 'signal', 'y'], rows);
    const query = ['0', '150', null];
    expect(NeighbourIndex.build(table, indices(200), [0, 1], { weights: [0, 1] }).nearest(query, 1)).toEqual([150]);
    expect(NeighbourIndex.build(table, indices(200), [0, 1], { weights: [1, 0] }).nearest(query, 1)).toEqual([0]);
    const target = { index: 2, task: 'classification' } as const;
    const relevant = NeighbourIndex.build(table, indices(200), [0, 1], { weights: 'relevance', target });
    const wrong = (index: NeighbourIndex): number =>
      rows.filter((_, row) => rows[index.nearest(table.rows[row]!, 1, row)[0]!]![2] !== rows[row]![2]).length;
    expect(wrong(relevant)).toBeLessThan(wrong(NeighbourIndex.build(table, indices(200), [0, 1])));
  });

  it('finds exactly the rows that an exhaustive search finds', () => {
    const number = fc.oneof(fc.integer({ min: -5, max: 5 }).map(String), fc.constant(''));
    const word = fc.constantFrom('a', 'b', 'c', '');
    const row = fc.tuple(number, word, number, word);
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 40 }),
        fc.nat(),
        fc.integer({ min: 1, max: 8 }),
        (texts, pick, count) => {
          const table = makeTable(['n', 'w', 'm', 'v'], texts);
          const asked = pick % texts.length;
          const indexed = indices(texts.length);
          const index = NeighbourIndex.build(table, indexed, [0, 1, 2, 3]);
          const found = index.nearest(table.rows[asked]!, count, asked);
          const distances = indexed.map((other) => plainDistance(table, indexed, asked, other));
          const others = indexed
            .filter((other) => other !== asked)
            .sort((left, right) => distances[left]! - distances[right]!);
          expect(found).toHaveLength(Math.min(count, others.length));
          for (const [at, other] of found.entries()) expect(distances[other]).toBeCloseTo(distances[others[at]!]!, 6);
        },
      ),
    );
  });
});
