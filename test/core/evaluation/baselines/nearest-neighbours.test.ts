import { describe, expect, it } from 'vitest';
import { mostProbable } from '../../../../src/core/evaluation/baselines/class-predictions';
import { classVotes, meanTargets } from '../../../../src/core/evaluation/baselines/nearest-neighbours';
import { NeighbourSearch } from '../../../../src/core/evaluation/baselines/neighbour-search';
import { Pace } from '../../../../src/core/foundation/pace';
import { classification, matrix, regression, trainRows } from './model-fixture';

const metrics = ['euclidean', 'manhattan'] as const;

describe('nearest neighbours', () => {
  it.each(classification.flatMap((table) => metrics.map((metric) => ({ ...table, metric }))))(
    'predict the very classes of scikit-learn on $name ($metric)',
    async ({ rows, labels, neighbours, metric }) => {
      const search = new NeighbourSearch(matrix(rows.slice(0, trainRows)), 20, metric);
      const found = await search.find(matrix(rows.slice(trainRows)), new Pace());
      const classCount = Math.max(...labels) + 1;
      for (const [k, expected] of Object.entries(neighbours[metric])) {
        const votes = classVotes(found, Number(k), Int32Array.from(labels.slice(0, trainRows)), classCount);
        expect([...mostProbable(votes, classCount).labels], `k = ${k}`).toEqual(expected);
      }
    },
  );

  it.each(metrics)('predict the numbers of scikit-learn (%s)', async (metric) => {
    const search = new NeighbourSearch(matrix(regression.rows.slice(0, trainRows)), 20, metric);
    const found = await search.find(matrix(regression.rows.slice(trainRows)), new Pace());
    for (const [k, expected] of Object.entries(regression.neighbours[metric])) {
      const predicted = meanTargets(found, Number(k), Float64Array.from(regression.targets.slice(0, trainRows)));
      expected.forEach((value, row) => {
        expect(predicted[row]).toBeCloseTo(value, 9);
      });
    }
  });

  it('use all training rows when there are fewer than k, nearest first and equals in order', async () => {
    const search = new NeighbourSearch(matrix([[2], [0], [2]]), 20, 'euclidean');
    const { count, indices } = await search.find(matrix([[1.5]]), new Pace());
    expect({ count, indices: [...indices] }).toEqual({ count: 3, indices: [0, 2, 1] });
  });
});
