import { describe, expect, it } from 'vitest';
import { FeatureEncoder } from '../../../../src/core/evaluation/baselines/feature-encoder';
import { Pace } from '../../../../src/core/foundation/pace';
import type { Cell, ColumnType } from '../../../../src/core/table/table';
import { smallTable } from './small-table';

const pace = new Pace();

/** Fits on the first `trainCount` cells of one column and encodes all of them. */
async function encode(
  type: ColumnType,
  cells: readonly Cell[],
  trainCount: number,
): Promise<Record<'dense' | 'ordinal', number[][]>> {
  const table = smallTable(
    [['column', type]],
    cells.map((cell) => [cell]),
  );
  const rows = cells.map((_, row) => row);
  const encoder = await FeatureEncoder.fit(table, [0], rows.slice(0, trainCount), pace);
  const { dense, ordinal } = await encoder.encode(rows, pace);
  const unpack = ({ columns, data }: typeof dense): number[][] =>
    rows.map((row) => [...data.subarray(row * columns, (row + 1) * columns)]);
  return { dense: unpack(dense), ordinal: unpack(ordinal) };
}

describe('feature encoder', () => {
  it('standardises numbers by the training rows alone, and keeps them as they are for trees', async () => {
    const { dense, ordinal } = await encode('number', ['1', '3', '-7'], 2);
    expect(dense).toEqual([[-1], [1], [-9]]);
    expect(ordinal).toEqual([[1], [3], [-7]]);
  });

  it('fills missing numbers with the training median and marks them', async () => {
    const { dense, ordinal } = await encode('integer', ['0', '10', '20', '1000', null, null], 5);
    expect(ordinal).toEqual([
      [0, 0],
      [10, 0],
      [20, 0],
      [1000, 0],
      [15, 1],
      [15, 1],
    ]);
    expect(dense[4]).toEqual(dense[5]);
    expect(dense[4]![1]).toBe(1);
  });

  it('has no mark where training rows are complete, and zeros for a constant column', async () => {
    const { dense, ordinal } = await encode('number', ['0.1', '0.1', '0.1', null, '5'], 3);
    expect(ordinal).toEqual([[0.1], [0.1], [0.1], [0.1], [5]]);
    expect(dense).toEqual([[0], [0], [0], [0], [0]]);
  });

  it('survives a column without any number', async () => {
    const { ordinal } = await encode('number', [null, null, '4'], 2);
    expect(ordinal).toEqual([
      [0, 1],
      [0, 1],
      [4, 0],
    ]);
  });

  it('reads dates as moments', async () => {
    const { ordinal } = await encode('date', ['2024-01-01', '2024-01-03'], 2);
    expect(ordinal[1]![0]! - ordinal[0]![0]!).toBe(2 * 24 * 3600 * 1000);
  });

  it('turns categories into one column each, in natural order, with missing as a value of its own', async () => {
    const { dense, ordinal } = await encode('category', ['10-19', '2-9', null, '10-19', 'never seen'], 4);
    expect(ordinal).toEqual([[1], [0], [2], [1], [-1]]);
    expect(dense).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  it('gives columns to the hundred most frequent categories only', async () => {
    const cells = Array.from({ length: 300 }, (_, row) => `name ${row % 150}`).concat(['name 149', 'name 149']);
    const { dense } = await encode('text', cells, cells.length);
    expect(dense[0]).toHaveLength(100);
    expect(dense[149]!.filter((value) => value === 1)).toHaveLength(1);
    expect(dense[148]!.every((value) => value === 0)).toBe(true);
  });
});
