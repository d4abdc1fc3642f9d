import { Random } from '../foundation/random';
import type { GalleryOptions, GalleryTable } from './gallery-table';
import { cellOf } from './gallery-table';

/**
 * The functions of the LIFT paper's regression study (NeurIPS 2022): of one coordinate in [-10, 10], with values about
 * ±9. For several coordinates the mean over them is taken.
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

/**
 * One of `functionNames` at uniform points: columns `x1` … and `y`. `noise` is the standard deviation of what is added
 * to `y`, as a share of the standard deviation of the function's own values in the table.
 */
export function functionTable(
  name: string,
  { rows, seed, noise, dimensions }: GalleryOptions & { readonly dimensions: number },
): GalleryTable {
  const valueAt = functions[name]!;
  const random = Random.derive(seed, `gallery ${name} ${dimensions}`);
  const points = Array.from({ length: rows }, () => Array.from({ length: dimensions }, () => 20 * random.next() - 10));
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
