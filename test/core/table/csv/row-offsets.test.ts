import { describe, expect, it } from 'vitest';
import { RowOffsets } from '../../../../src/core/table/csv/row-offsets';

describe('RowOffsets', () => {
  it('knows every row while there is room', () => {
    const offsets = new RowOffsets();
    for (let row = 0; row < 5000; row++) offsets.push(row * 10, row + 2);
    expect(offsets.rowCount).toBe(5000);
    expect(offsets.before(4321)).toEqual({ row: 4321, offset: 43_210, line: 4323 });
    expect(offsets.after(4999)).toEqual({ row: 4999, offset: 49_990, line: 5001 });
    expect(offsets.after(5000)).toBeUndefined();
  });

  it('keeps every second, fourth, … row when the rows are many', () => {
    const offsets = new RowOffsets(8);
    for (let row = 0; row < 300; row++) {
      offsets.push(row * 10, row + 2);
      for (const asked of [0, row >> 1, row]) {
        const before = offsets.before(asked);
        expect(before).toEqual({ row: before.row, offset: before.row * 10, line: before.row + 2 });
        expect(before.row <= asked && asked - before.row < Math.max(1, row / 2)).toBe(true);
        const after = offsets.after(asked);
        if (after) expect(after).toEqual({ row: after.row, offset: after.row * 10, line: after.row + 2 });
        expect(after === undefined || after.row >= asked).toBe(true);
      }
    }
    expect(offsets.rowCount).toBe(300);
  });
});
