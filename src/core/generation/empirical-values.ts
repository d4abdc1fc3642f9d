import { parseNumber } from '../table/columns/parse-number';

/** Offsets beyond this are no exact integers. */
const mostSteps = Number.MAX_SAFE_INTEGER;

/**
 * The distribution of the numbers of a column, for reading a share of its rows as a value and back. A value that several
 * rows have is exactly as frequent as it is there. One that a single row has stands for the stretch up to the middle between
 * it and its neighbours, so that values come that no row has; they keep to the column's own steps and decimals.
 */
export class EmpiricalValues {
  /** Different values, ascending. */
  private readonly values: readonly number[];
  /** The share of the rows with this value or a lower one. */
  private readonly shares: readonly number[];
  private readonly isSingle: readonly boolean[];
  private readonly decimals: readonly number[];
  /** What all differences of values are multiples of; 0: unknown. */
  private readonly step: number;

  /**
   * @param cells of training rows, numbers all of them, not empty
   * @param mostDecimals digits after the point that a cell of the column has at most
   */
  constructor(cells: readonly string[], mostDecimals: number) {
    const counts = new Map<number, number>();
    for (const cell of cells) {
      const value = parseNumber(cell)!;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    this.values = [...counts.keys()].sort((a, b) => a - b);
    let below = 0;
    this.shares = this.values.map((value) => (below += counts.get(value)!) / cells.length);
    this.isSingle = this.values.map((value) => counts.get(value) === 1);
    const isFixed = cells.every((cell) => (cell.split('.')[1]?.length ?? 0) === mostDecimals);
    this.decimals = this.values.map((value) => (isFixed ? mostDecimals : decimalsOf(value, mostDecimals)));
    this.step = commonStep(this.values, mostDecimals);
  }

  get low(): number {
    return this.values[0]!;
  }

  get high(): number {
    return this.values.at(-1)!;
  }

  /**
   * The share of the rows below a value; undefined out of the range of the rows.
   * @param place which of the shares that mean the same value: 0 is the least, 1 the greatest
   */
  shareOf(value: number, place: number): number | undefined {
    if (!(value >= this.low && value <= this.high)) return undefined;
    const index = firstWhere(this.values, (other) => other >= value);
    if (this.values[index] === value) return this.between(index, place);
    // Of two neighbours it belongs to the stretch of the nearer one; many rows with one value leave no room beside it.
    const isUpper = value > (this.values[index - 1]! + this.values[index]!) / 2;
    const nearest = isUpper ? index : index - 1;
    if (!this.isSingle[nearest]) return this.between(nearest, isUpper ? 0 : 1);
    const [from, to] = this.stretch(nearest);
    return this.between(nearest, (value - from) / (to - from));
  }

  /** The value at a share of the rows from 0 to 1, as the column writes it. */
  textAt(share: number): string {
    const last = this.values.length - 1;
    const index = Math.min(
      last,
      firstWhere(this.shares, (other) => other > share),
    );
    const below = this.shares[index - 1] ?? 0;
    const [from, to] = this.stretch(index);
    const value = from + ((share - below) / (this.shares[index]! - below)) * (to - from);
    const text = this.onStep(value).toFixed(this.decimals[index]);
    const isWithin = Number(text) >= this.low && Number(text) <= this.high;
    return isWithin ? text : this.values[index]!.toFixed(this.decimals[index]);
  }

  private between(index: number, place: number): number {
    const below = this.shares[index - 1] ?? 0;
    return below + place * (this.shares[index]! - below);
  }

  private stretch(index: number): readonly [number, number] {
    const value = this.values[index]!;
    if (!this.isSingle[index]) return [value, value];
    return [(value + (this.values[index - 1] ?? value)) / 2, (value + (this.values[index + 1] ?? value)) / 2];
  }

  private onStep(value: number): number {
    return this.step === 0 ? value : this.low + Math.round((value - this.low) / this.step) * this.step;
  }
}

/** The fewest digits after the point that write a number exactly. */
function decimalsOf(value: number, most: number): number {
  let decimals = 0;
  while (decimals < most && Number(value.toFixed(decimals)) !== value) decimals++;
  return decimals;
}

function commonStep(values: readonly number[], decimals: number): number {
  const scale = 10 ** decimals;
  const offsets = values.map((value) => Math.round((value - values[0]!) * scale));
  if (offsets.at(-1)! > mostSteps) return 0;
  return offsets.reduce(greatestDivisor, 0) / scale;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Index of the first of ascending numbers from which on something holds; their count when there is none (binary search). */
function firstWhere(ascending: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(ascending[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
