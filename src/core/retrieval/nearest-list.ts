export interface Neighbour {
  readonly row: number;
  readonly distance: number;
}

/** The nearest rows seen so far, sorted; of equally near ones, those added first. */
export class NearestList {
  private readonly distances: Float64Array;
  private readonly nearest: Int32Array;
  private size = 0;

  constructor(private readonly capacity: number) {
    this.distances = new Float64Array(capacity).fill(Infinity);
    this.nearest = new Int32Array(capacity);
  }

  /** A row must be nearer than this to enter. */
  get farthest(): number {
    return this.capacity === 0 ? 0 : this.distances[this.capacity - 1]!;
  }

  /** Adds a row that is nearer than `farthest`, and returns what is then the farthest. */
  add(distance: number, row: number): number {
    let place = Math.min(this.size, this.capacity - 1);
    for (; place > 0 && this.distances[place - 1]! > distance; place--) {
      this.distances[place] = this.distances[place - 1]!;
      this.nearest[place] = this.nearest[place - 1]!;
    }
    this.distances[place] = distance;
    this.nearest[place] = row;
    this.size = Math.min(this.size + 1, this.capacity);
    return this.farthest;
  }

  /** Nearest first. */
  neighbours(): Neighbour[] {
    return Array.from(this.nearest.subarray(0, this.size), (row, at) => ({ row, distance: this.distances[at]! }));
  }
}
