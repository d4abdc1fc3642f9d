import { describe, expect, it } from 'vitest';
import { positionFeeds } from '../../../../src/core/training/batches/feeds';

function listed(positions: readonly number[], rows: number, length: number): Record<string, unknown> {
  const feeds = positionFeeds(Int32Array.from(positions), { rows, length });
  return Object.fromEntries(Object.entries(feeds).map(([name, { data, dims }]) => [name, [[...data], dims]]));
}

describe('positionFeeds', () => {
  it('names each asked column of a text once and tells of each position where it stands', () => {
    expect(listed([3, 1, 3, 9, 14, 12], 3, 5)).toEqual({
      asked_columns: [
        [3, 1, 4, 0, 4, 2],
        [3, 2],
      ],
      positions: [[0, 1, 0, 2, 4, 5], [6]],
    });
  });

  it('keeps a column where nothing is asked, so that the graph has a shape', () => {
    expect(listed([], 2, 5)).toEqual({
      asked_columns: [
        [0, 0],
        [2, 1],
      ],
      positions: [[], [0]],
    });
  });
});
