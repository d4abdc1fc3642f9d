/** Numbers in row-major order: entry (r, c) is `data[r * columns + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** Copies the named rows into a new matrix, in the given order. */
export function selectRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const { columns } = matrix;
  const data = new Float64Array(rows.length * columns);
  for (let index = 0; index < rows.length; index++) {
    const start = rows[index]! * columns;
    data.set(matrix.data.subarray(start, start + columns), index * columns);
  }
  return { rows: rows.length, columns, data };
}

/** Σ (a − b)² between row `first` of one matrix and row `second` of another with as many columns. */
export function squaredDistance(a: Matrix, first: number, b: Matrix, second: number): number {
  const { columns } = a;
  let total = 0;
  for (let column = 0, i = first * columns, j = second * columns; column < columns; column++, i++, j++) {
    const difference = a.data[i]! - b.data[j]!;
    total += difference * difference;
  }
  return total;
}
