/** Where a record starts. */
export interface RowPlace {
  readonly row: number;
  /** In bytes from the start of the file. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
}

/**
 * Byte offset and line number of every row, or of every 2nd, 4th, 8th, … when the rows are many, so that the memory is
 * bounded: 16 bytes a row, 2 MB at most. The rows between two places are found by scanning the bytes between them.
 */
export class RowOffsets {
  private offsets: Float64Array;
  private lines: Float64Array;
  private places = 0;
  private rows = 0;
  private step = 1;

  constructor(private readonly maxPlaces = 2 ** 17) {
    this.offsets = new Float64Array(Math.min(1024, maxPlaces));
    this.lines = new Float64Array(Math.min(1024, maxPlaces));
  }

  get rowCount(): number {
    return this.rows;
  }

  /** Adds the next row. */
  push(offset: number, line: number): void {
    if (this.rows++ % this.step !== 0) return;
    if (this.places === this.maxPlaces) {
      this.halve();
      if ((this.rows - 1) % this.step !== 0) return;
    }
    if (this.places === this.offsets.length) this.grow();
    this.offsets[this.places] = offset;
    this.lines[this.places++] = line;
  }

  /** The last known place at or before a row. */
  before(row: number): RowPlace {
    return this.place(Math.floor(row / this.step));
  }

  /** The first known place at or after a row; undefined past the last. */
  after(row: number): RowPlace | undefined {
    const index = Math.ceil(row / this.step);
    return index < this.places ? this.place(index) : undefined;
  }

  private place(index: number): RowPlace {
    return { row: index * this.step, offset: this.offsets[index]!, line: this.lines[index]! };
  }

  private halve(): void {
    for (let index = 0; 2 * index < this.places; index++) {
      this.offsets[index] = this.offsets[2 * index]!;
      this.lines[index] = this.lines[2 * index]!;
    }
    this.places = Math.ceil(this.places / 2);
    this.step *= 2;
  }

  private grow(): void {
    const size = Math.min(2 * this.offsets.length, this.maxPlaces);
    const [offsets, lines] = [new Float64Array(size), new Float64Array(size)];
    offsets.set(this.offsets);
    lines.set(this.lines);
    this.offsets = offsets;
    this.lines = lines;
  }
}
