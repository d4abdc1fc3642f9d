import type { CodedColumn } from './coded-columns';

/** Up to so many keys, a call of the built-in sort takes longer than the sorting. */
const fewKeys = 24;

/** Orders the rows of a tree node by a column's codes, reusing its buffers from call to call. */
export class CodeSorter {
  /** The ordered rows and their codes, valid up to the `count` of the latest call. */
  readonly rows: Int32Array;
  readonly codes: Int32Array;
  private readonly places: Int32Array;
  private readonly keys: Uint32Array;

  constructor(maxRows: number, columns: readonly CodedColumn[]) {
    this.rows = new Int32Array(maxRows);
    this.codes = new Int32Array(maxRows);
    this.places = new Int32Array(Math.max(0, ...columns.map((column) => column.highest.length)) + 1);
    this.keys = new Uint32Array(Math.min(maxRows, 0x1_0000));
  }

  /** Orders rows[start … end); rows with equal codes keep their order. */
  sort(column: CodedColumn, rows: Int32Array, start: number, end: number): void {
    // A counting sort costs one pass over all codes, too much for a small node of a column with many values.
    if ((end - start) * 4 < column.highest.length) this.sortKeys(column, rows, start, end);
    else this.sortByCounting(column, rows, start, end);
  }

  private sortByCounting({ codes, highest }: CodedColumn, rows: Int32Array, start: number, end: number): void {
    const { places } = this;
    places.fill(0, 0, highest.length + 1);
    for (let index = start; index < end; index++) places[codes[rows[index]!]! + 1]!++;
    for (let code = 1; code < highest.length; code++) places[code]! += places[code - 1]!;
    for (let index = start; index < end; index++) {
      const row = rows[index]!;
      const code = codes[row]!;
      const place = places[code]!++;
      this.rows[place] = row;
      this.codes[place] = code;
    }
  }

  /** There are at most 2¹⁶ codes and, here, fewer rows than that: a code and a position fit one 32-bit key. */
  private sortKeys({ codes }: CodedColumn, rows: Int32Array, start: number, end: number): void {
    const keys = this.keys.subarray(0, end - start);
    for (let index = 0; index < keys.length; index++) keys[index] = (codes[rows[start + index]!]! << 16) | index;
    if (keys.length > fewKeys) keys.sort();
    else insertionSort(keys);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index]!;
      this.rows[index] = rows[start + (key & 0xffff)]!;
      this.codes[index] = key >>> 16;
    }
  }
}

function insertionSort(keys: Uint32Array): void {
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index]!;
    let place = index;
    for (; place > 0 && keys[place - 1]! > key; place--) keys[place] = keys[place - 1]!;
    keys[place] = key;
  }
}
