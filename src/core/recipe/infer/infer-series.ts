import { parseNumber } from '../../table/columns/parse-number';
import type { Column, TablePart } from '../../table/table';
import { isNumeric } from './infer-features';

const leastColumns = 16;
const leastConcordance = 0.95;
const mostRows = 500;

/**
 * Whether the columns are one series, such as a curve or a spectrum: many numeric columns that rank the rows alike. Then each of
 * them says how large the row is as a whole, again and again, and what differs between rows is the shape.
 *
 * @param features the columns that prompts tell
 */
export function inferSeries({ rows }: TablePart, features: readonly Column[]): boolean {
  if (features.length < leastColumns || !features.every(isNumeric)) return false;
  const sample = rows.slice(0, mostRows);
  const rankings = features.map(({ index }) => ranksOf(sample.map((row) => numberIn(row[index] ?? null))));
  return concordance(rankings) >= leastConcordance;
}

const numberIn = (cell: string | null): number => (cell === null ? NaN : (parseNumber(cell) ?? NaN));

/** Ranks from 0; what is no number comes first, and of equal ones the earlier. */
function ranksOf(values: readonly number[]): number[] {
  const key = (place: number): number => (Number.isNaN(values[place]!) ? -Infinity : values[place]!);
  const order = [...values.keys()].sort((left, right) =>
    key(left) === key(right) ? left - right : key(left) < key(right) ? -1 : 1,
  );
  const ranks: number[] = [];
  order.forEach((place, rank) => {
    ranks[place] = rank;
  });
  return ranks;
}

/** Kendall's W of m rankings of n rows, 0 to 1: 12 S ∕ m²(n³ − n), S = Σ (rank sum of a row − mean rank sum)². */
function concordance(rankings: readonly (readonly number[])[]): number {
  const n = rankings[0]!.length;
  const m = rankings.length;
  if (n < 2) return 0;
  const mean = (m * (n - 1)) / 2;
  let squares = 0;
  for (let row = 0; row < n; row++) {
    squares += (rankings.reduce((sum, ranks) => sum + ranks[row]!, 0) - mean) ** 2;
  }
  return (12 * squares) / (m * m * (n ** 3 - n));
}
