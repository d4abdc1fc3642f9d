import { describe, expect, it } from 'vitest';
import { averageProbabilities, columnOrders } from '../../../src/core/inference/permutation-ensemble';

describe('columnOrders', () => {
  it('begins with the natural order and repeats none', () => {
    const orders = columnOrders(4, 10, 7);
    expect(orders[0]).toEqual([0, 1, 2, 3]);
    expect(new Set(orders.map(String)).size).toBe(10);
    for (const order of orders) expect([...order].sort()).toEqual([0, 1, 2, 3]);
    expect(columnOrders(4, 10, 7)).toEqual(orders);
    expect(columnOrders(4, 10, 8)).not.toEqual(orders);
  });

  it('gives all orders there are when more are wanted', () => {
    expect(columnOrders(3, 100, 0)).toHaveLength(6);
    expect(columnOrders(1, 4, 0)).toEqual([[0]]);
  });
});

describe('averageProbabilities', () => {
  it('averages each outcome of each row over the views', () => {
    const average = averageProbabilities([
      [
        [1, 0],
        [0.5, 0.5],
      ],
      [
        [0, 1],
        [0.25, 0.75],
      ],
    ]);
    expect(average.map((row) => [...row])).toEqual([
      [0.5, 0.5],
      [0.375, 0.625],
    ]);
  });
});
