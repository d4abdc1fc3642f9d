type Numbers = Int32Array | Float64Array | Float32Array | Uint8Array;

/** Numbers of one type whose count is not known before the last one has come. */
export class GrowingNumbers<N extends Numbers> {
  private length = 0;

  private constructor(
    private numbers: N,
    private readonly make: (length: number) => N,
  ) {}

  static of<N extends Numbers>(make: (length: number) => N): GrowingNumbers<N> {
    return new GrowingNumbers(make(1024), make);
  }

  static integers(): GrowingNumbers<Int32Array> {
    return GrowingNumbers.of((length) => new Int32Array(length));
  }

  static floats(): GrowingNumbers<Float64Array> {
    return GrowingNumbers.of((length) => new Float64Array(length));
  }

  get last(): number | undefined {
    return this.length === 0 ? undefined : this.numbers[this.length - 1];
  }

  push(value: number): void {
    if (this.length === this.numbers.length) {
      const larger = this.make(2 * this.length);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length++] = value;
  }

  finish(): N {
    return this.numbers.slice(0, this.length) as N;
  }
}
