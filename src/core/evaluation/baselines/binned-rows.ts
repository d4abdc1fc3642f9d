import type { CodedColumn } from '../../trees/coded-columns';

/**
 * Coded columns laid out row by row for histograms: neighbouring updates then touch different bins, which lets a processor
 * overlap them (measured twice as fast as column by column).
 */
export interface BinnedRows {
  readonly columns: readonly CodedColumn[];
  /** Where each column's bins begin in a histogram, and in the end how many bins there are. */
  readonly offsets: Int32Array;
  /** [rows × columns], the bin of each entry: its column's offset plus its code. */
  readonly bins: Uint16Array | Uint32Array;
}

export function binRows(columns: readonly CodedColumn[], rowCount: number): BinnedRows {
  const offsets = new Int32Array(columns.length + 1);
  columns.forEach((column, feature) => (offsets[feature + 1] = offsets[feature]! + column.highest.length));
  const size = rowCount * columns.length;
  const bins = offsets[columns.length]! <= 0x1_0000 ? new Uint16Array(size) : new Uint32Array(size);
  columns.forEach(({ codes }, feature) => {
    for (let row = 0; row < rowCount; row++) bins[row * columns.length + feature] = offsets[feature]! + codes[row]!;
  });
  return { columns, offsets, bins };
}
