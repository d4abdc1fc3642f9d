import type { Matrix } from './matrix';
import type { Pace } from '../foundation/pace';

/** One column as ascending integer codes: equal values share a code, and so do neighbours when there are many values. */
export interface CodedColumn {
  readonly codes: Uint8Array | Uint16Array;
  /** The lowest and the highest value behind each code. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/**
 * Codes every column of a matrix. With at most `maxCodes` distinct values the codes are exact ranks; else they are quantile
 * bins of about equal counts, in which a value that is frequent enough keeps a code of its own.
 *
 * @param maxCodes at most 65,536; up to 256 the codes take one byte a row
 */
export async function codeColumns(matrix: Matrix, maxCodes: number, pace: Pace): Promise<CodedColumn[]> {
  const columns: CodedColumn[] = [];
  for (let column = 0; column < matrix.columns; column++) {
    if (pace.due()) await pace.breathe();
    const values = new Float64Array(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) values[row] = matrix.data[row * matrix.columns + column]!;
    columns.push(codeColumn(values, maxCodes));
  }
  return columns;
}

/** The same of one column. */
export function codeColumn(values: Float64Array, maxCodes: number): CodedColumn {
  const sorted = values.slice().sort();
  const starts: number[] = [];
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) starts.push(index);
  }
  const lowest: number[] = [];
  const highest: number[] = [];
  let binStart = 0;
  starts.forEach((start, group) => {
    if (start === binStart) lowest.push(sorted[start]!);
    const end = starts[group + 1] ?? sorted.length;
    const binsLeft = maxCodes - highest.length;
    const full = end - binStart >= (sorted.length - binStart) / binsLeft;
    if (starts.length <= maxCodes || full || end === sorted.length) {
      highest.push(sorted[start]!);
      binStart = end;
    }
  });
  const codes = lowest.length <= 256 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  for (let row = 0; row < values.length; row++) codes[row] = codeOf(values[row]!, highest);
  return { codes, lowest: Float64Array.from(lowest), highest: Float64Array.from(highest) };
}

/** The first code whose highest value is not below the value. */
function codeOf(value: number, highest: readonly number[]): number {
  let low = 0;
  let high = highest.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (highest[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The threshold half-way between the values behind two codes; never so close to the upper one that it equals it. */
export function thresholdBetween(column: CodedColumn, code: number, nextCode: number): number {
  const below = column.highest[code]!;
  const above = column.lowest[nextCode]!;
  const middle = below / 2 + above / 2;
  return middle >= above ? below : middle;
}
