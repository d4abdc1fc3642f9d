import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/core/foundation/pace';
import { Random } from '../../../src/core/foundation/random';
import { learnLikenesses } from '../../../src/core/retrieval/learn-likenesses';
import type { Learning } from '../../../src/core/retrieval/learn-likenesses';
import { NeighbourIndex } from '../../../src/core/retrieval/neighbour-index';
import type { Table } from '../../../src/core/table/table';
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
const names = ['a', 'b', 'c', 'd', 'e', 'word', 'class', 'number'];
const table = makeTable(names, cells);
const features = [0, 1, 2, 3, 4, 5];
const tasks = { classification: 6, regression: 7 } as const;

async function indexOf(
  learning: Learning,
  task: keyof typeof tasks,
  of: Table = table,
  among = rows,
): Promise<NeighbourIndex> {
  const target = { index: tasks[task], task };
  const learned = await learnLikenesses(of, among, features, target, learning);
  return NeighbourIndex.build(of, among, features, { weights: 'relevance', target, learned });
}

describe.each(['forest', 'forest-and-kernel'] as const)('nearness that is learnt (%s)', (learning) => {
  it.each(['classification', 'regression'] as const)(
    'finds rows that are alike in what matters only together (%s)',
    async (task) => {
      const [learnt, asked] = [rows.slice(0, 180), rows.slice(180)];
      const alike = async (how: Learning): Promise<number> => {
        const index = await indexOf(how, task, table, learnt);
        const shares = asked.map((row) =>
          mean(
            index.nearest(cells[row]!, 8).map((near) => Number(cells[near]![tasks[task]] === cells[row]![tasks[task]])),
          ),
        );
        return mean(shares);
      };
      expect(await alike(learning)).toBeGreaterThan(0.8);
      expect(await alike(learning)).toBeGreaterThan((await alike('none')) + 0.1);
    },
  );

  it('tells nothing of the answer of an indexed row that is left out', async () => {
    const draw = new Random(5);
    const noise = cells.map((row) => [...row.slice(0, 7), String(draw.normal())]);
    const index = await indexOf(learning, 'regression', makeTable(names, noise));
    const distances = rows.flatMap((row) =>
      index.nearest(noise[row]!, 8, row).map((near) => Math.abs(Number(noise[near]![7]) - Number(noise[row]![7]))),
    );
    // As far off as any two normal numbers: who has learnt a row's answer would put it beside such that answer the same.
    expect(mean(distances)).toBeGreaterThan(2 / Math.sqrt(Math.PI) - 0.1);
  });

  it('sorts all rows: the few nearest are the first of many', async () => {
    const index = await indexOf(learning, 'regression');
    const all = index.neighbours(cells[3]!, count, 3);
    expect(all).toHaveLength(count - 1);
    expect(index.neighbours(cells[3]!, 10, 3)).toEqual(all.slice(0, 10));
    for (const [place, { distance }] of all.slice(1).entries())
      expect(distance).toBeGreaterThanOrEqual(all[place]!.distance);
  });

  it('takes rows with missing and unknown values, and leaves those without an answer to the difference of columns', async () => {
    const holes = cells.map((row, place) => row.map((cell, column) => ((place + column) % 7 === 0 ? '' : cell)));
    const holed = makeTable(names, holes);
    for (const task of ['classification', 'regression'] as const) {
      const found = await indexOf(learning, task, holed);
      const near = found.neighbours([null, '5', null, 'x', '1e9', 'never seen', null, null], 20);
      expect(near).toHaveLength(20);
      for (const { distance } of near) expect(Number.isFinite(distance)).toBe(true);
    }
  });

  it('takes columns and answers that are the same everywhere', async () => {
    const same = makeTable(
      names,
      cells.map((row) => ['1', '2', '3', '4', '5', 'word', row[6]!, '7']),
    );
    for (const task of ['classification', 'regression'] as const) {
      const found = await indexOf(learning, task, same);
      for (const { distance } of found.neighbours(same.rows[0]!, 20, 0)) expect(Number.isFinite(distance)).toBe(true);
    }
  });

  it('is the same every time', async () => {
    const [first, second] = [await indexOf(learning, 'classification'), await indexOf(learning, 'classification')];
    for (const row of rows.slice(0, 20))
      expect(first.nearest(cells[row]!, 8, row)).toEqual(second.nearest(cells[row]!, 8, row));
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 3000 }, (_, row) => [...cells[row % count]!]);
    const target = { index: tasks.regression, task: 'regression' } as const;
    const all = many.map((_, row) => row);
    const learned = learnLikenesses(makeTable(names, many), all, features, target, learning, new Pace(stop.signal));
    setImmediate(() => {
      stop.abort();
    });
    await expect(learned).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('nearness by a kernel', () => {
  it('finds what a smooth function of many columns says where no column says much alone', async () => {
    const draw = new Random(3);
    const sums = rows.map(() => {
      const values = Array.from({ length: 6 }, () => draw.normal());
      return [...values.map(String), 'x', String(values.reduce((sum, value) => sum + value, 0))];
    });
    const summed = makeTable(['a', 'b', 'c', 'd', 'e', 'f', 'class', 'number'], sums);
    const [learnt, asked] = [rows.slice(0, 180), rows.slice(180)];
    const error = async (learning: Learning): Promise<number> => {
      const index = await indexOf(learning, 'regression', summed, learnt);
      return mean(
        asked.map((row) => {
          const near = index.nearest(sums[row]!, 8).map((other) => Number(sums[other]![7]));
          return Math.abs(mean(near) - Number(sums[row]![7]));
        }),
      );
    };
    expect(await error('forest-and-kernel')).toBeLessThan(0.8 * (await error('forest')));
  });
});
