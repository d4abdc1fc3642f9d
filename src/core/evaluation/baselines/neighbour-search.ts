import { squaredDistance, type Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';

/** The nearest training rows of some rows: [rows × count] indices, nearest first, equals in training order. */
export interface Neighbours {
  readonly count: number;
  readonly indices: Int32Array;
}

/** Brute-force search of the nearest training rows, in the Euclidean or the city-block metric. */
export class NeighbourSearch {
  private remembered?: { readonly rows: Matrix; readonly neighbours: Neighbours };

  constructor(
    private readonly train: Matrix,
    private readonly count: number,
    private readonly metric: 'euclidean' | 'manhattan',
  ) {}

  /** The neighbours of each row; asking again for the same matrix costs nothing. */
  async find(rows: Matrix, pace: Pace): Promise<Neighbours> {
    if (this.remembered?.rows === rows) return this.remembered.neighbours;
    const count = Math.min(this.count, this.train.rows);
    const indices = new Int32Array(rows.rows * count);
    const distances = new Float64Array(count);
    const measure = this.metric === 'euclidean' ? squaredDistance : absoluteDistance;
    for (let row = 0; row < rows.rows; row++) {
      if (pace.due()) await pace.breathe();
      const found = indices.subarray(row * count, (row + 1) * count);
      distances.fill(Infinity);
      for (let other = 0; other < this.train.rows; other++) {
        const distance = measure(rows, row, this.train, other);
        if (!(distance < distances[count - 1]!)) continue;
        let place = count - 1;
        for (; place > 0 && distances[place - 1]! > distance; place--) {
          distances[place] = distances[place - 1]!;
          found[place] = found[place - 1]!;
        }
        distances[place] = distance;
        found[place] = other;
      }
    }
    const neighbours = { count, indices };
    this.remembered = { rows, neighbours };
    return neighbours;
  }
}

function absoluteDistance(a: Matrix, first: number, b: Matrix, second: number): number {
  const { columns } = a;
  let total = 0;
  for (let column = 0, i = first * columns, j = second * columns; column < columns; column++, i++, j++) {
    total += Math.abs(a.data[i]! - b.data[j]!);
  }
  return total;
}
