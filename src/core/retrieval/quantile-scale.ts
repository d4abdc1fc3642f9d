/**
 * Maps values to their mid-rank among the fitted ones, in [0, 1]: the share of smaller values plus half the share of equal
 * ones. The scale of the column, its outliers and its unit do not matter.
 */
export class QuantileScale {
  private readonly sorted: Float64Array;

  constructor(values: Iterable<number>) {
    this.sorted = Float64Array.from(values).sort();
  }

  of(value: number): number {
    if (this.sorted.length === 0) return 0.5;
    return (this.below(value, false) + this.below(value, true)) / (2 * this.sorted.length);
  }

  /** How many fitted values are smaller, or at most equal. */
  private below(value: number, orEqual: boolean): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const fitted = this.sorted[middle]!;
      if (fitted < value || (orEqual && fitted === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
