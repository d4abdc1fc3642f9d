import { Random } from '../foundation/random';
import type { GalleryOptions, GalleryTable } from './gallery-table';
import { cellOf } from './gallery-table';

/**
 * The functions of the LIFT paper's regression study (NeurIPS 2022): of one coordinate, with values about ±9 where that is in
 * [-10, 10]. For several coordinates the mean over them is taken.
 */
const functions: Record<string, (x: number) => number> = {
  linear: (x) => 0.9 * x,
  quadratic: (x) => ((x * x - 50) * 9) / 50,
  exponential: (x) => ((Math.exp(0.2 * x) - Math.exp(-2)) / (Math.exp(2) - Math.exp(-2)) - 0.5) * 18,
  cosine: (x) => 9 * Math.cos(0.5 * Math.PI * x),
  l1: (x) => (Math.abs(x) / 10 - 0.5) * 18,
  piecewise: (x) => (((x < -3 ? x + 6 : x < 3 ? 0 : x - 6) + 4) / 8 - 0.5) * 18,
};

export const functionNames: readonly string[] = Object.keys(functions);

/** What the numbers of a function's table are like: the paper has real and whole ones, in four ranges. */
export interface FunctionOptions {
  /** How many columns x1, x2, … there are. */
  readonly dimensions: number;
  /** The least and the greatest number in them. */
  readonly range: readonly [number, number];
  /** Whether they are rounded to whole numbers. */
  readonly integers: boolean;
}

/**
 * One of `functionNames` at uniform points: columns `x1` … and `y`. `noise` is the standard deviation of what is added
 * to `y`, as a share of the standard deviation of the function's own values in the table.
 */
export function functionTable(
  name: string,
  { rows, seed, noise, dimensions, range: [low, high], integers }: GalleryOptions & FunctionOptions,
): GalleryTable {
  const valueAt = functions[name]!;
  const random = Random.derive(seed, `gallery ${name} ${dimensions}`);
  const draw = (): number => (high - low) * random.next() + low;
  const points = Array.from({ length: rows }, () =>
    Array.from({ length: dimensions }, () => (integers ? Math.round(draw()) : draw())),
  );
  const values = points.map((point) => point.reduce((sum, x) => sum + valueAt(x), 0) / dimensions);
  const mean = values.reduce((sum, value) => sum + value, 0) / rows;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows);
  return {
    columns: [...Array.from({ length: dimensions }, (_, index) => `x${index + 1}`), 'y'],
    rows: points.map((point, index) => [
      ...point.map(cellOf),
      cellOf(values[index]! + noise * deviation * random.normal()),
    ]),
  };
}
