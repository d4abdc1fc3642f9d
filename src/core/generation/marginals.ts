import { correlation } from '../evaluation/correlation';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';
import { countsAsNumber } from './counts-as-number';
import type { GeneratedColumn } from './generated-column';

/** How far the distribution of one column is from the real one, 0 (the same) to 1. */
export interface Marginal {
  readonly column: string;
  /** Kolmogorov and Smirnov's distance for numbers, total variation for choices. */
  readonly distance: number;
}

export function marginalsOf(
  columns: readonly GeneratedColumn[],
  made: readonly (readonly Cell[])[],
  real: readonly (readonly Cell[])[],
): Marginal[] {
  return columns.map((column, place) => {
    const [left, right] = [made, real].map((rows) => rows.map((cells) => cells[place]!)) as [Cell[], Cell[]];
    const distance = countsAsNumber(column) ? kolmogorov(left, right) : totalVariation(left, right);
    return { column: column.name, distance };
  });
}

function kolmogorov(left: readonly Cell[], right: readonly Cell[]): number {
  const numbers = (cells: readonly Cell[]): number[] =>
    cells.flatMap((cell) => parseNumber(cell ?? '') ?? []).sort((a, b) => a - b);
  const [a, b] = [numbers(left), numbers(right)];
  let [distance, inA, inB] = [0, 0, 0];
  for (const value of [...a, ...b].sort((x, y) => x - y)) {
    while (inA < a.length && a[inA]! <= value) inA++;
    while (inB < b.length && b[inB]! <= value) inB++;
    distance = Math.max(distance, Math.abs(inA / a.length - inB / b.length));
  }
  return distance;
}

function totalVariation(left: readonly Cell[], right: readonly Cell[]): number {
  const share = (cells: readonly Cell[], value: Cell): number =>
    cells.filter((cell) => cell === value).length / cells.length;
  const values = new Set([...left, ...right]);
  return [...values].reduce((sum, value) => sum + Math.abs(share(left, value) - share(right, value)) / 2, 0);
}

/**
 * The mean absolute difference between the correlations of pairs of number columns (Pearson); undefined with fewer than two
 * columns that vary on both sides.
 */
export function correlationGap(
  columns: readonly GeneratedColumn[],
  made: readonly (readonly Cell[])[],
  real: readonly (readonly Cell[])[],
): number | undefined {
  const places = columns.flatMap((column, place) => (countsAsNumber(column) ? [place] : []));
  const gaps: number[] = [];
  for (const [index, first] of places.entries()) {
    for (const second of places.slice(index + 1)) {
      const [left, right] = [made, real].map((rows) => correlationOf(rows, first, second));
      if (left !== undefined && right !== undefined) gaps.push(Math.abs(left - right));
    }
  }
  return gaps.length === 0 ? undefined : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

function correlationOf(rows: readonly (readonly Cell[])[], first: number, second: number): number | undefined {
  const pairs = rows.flatMap((cells) => {
    const [x, y] = [parseNumber(cells[first] ?? ''), parseNumber(cells[second] ?? '')];
    return x === undefined || y === undefined ? [] : [[x, y] as const];
  });
  return correlation(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );
}
