import type { ColumnRole } from './column-values';
import type { CategoryCount, Cell, Column, NumericStatistics } from '../table';

const exampleCount = 5;
/** Whole numbers with at most this many different values are also counted as categories. */
const fewIntegers = 20;

/**
 * A column with its statistics.
 * @param cells its distinct cells in the order of the file; the same cell may come more than once
 * @param isSample whether the rows are a part of the file's: the distinct values are then a lower bound
 */
export function describeColumn(
  place: { name: string; index: number },
  role: ColumnRole,
  cells: Iterable<{ readonly cell: Cell; readonly count: number }>,
  isSample: boolean,
): Column {
  const counts = new Map<string, number>();
  let missing = 0;
  for (const { cell, count } of cells) {
    if (cell === null) missing += count;
    else counts.set(cell, (counts.get(cell) ?? 0) + count);
  }
  const isNumeric = role.type === 'number' || role.type === 'integer';
  const isCounted =
    role.type === 'category' || role.type === 'boolean' || (role.type === 'integer' && counts.size <= fewIntegers);
  return {
    ...place,
    type: role.type,
    reason: role.reason,
    missing,
    distinct: counts.size,
    distinctCapped: isSample,
    examples: [...counts.keys()].slice(0, exampleCount),
    ...(isNumeric && counts.size > 0 && { numeric: numericStatistics(counts) }),
    ...(isCounted && { categories: byCount(counts) }),
  };
}

function numericStatistics(counts: ReadonlyMap<string, number>): NumericStatistics {
  let [min, max, sum, rows, decimals] = [Infinity, -Infinity, 0, 0, 0];
  for (const [text, count] of counts) {
    const value = Number(text);
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value * count;
    rows += count;
    decimals = Math.max(decimals, /\.(\d*)$/.exec(text)?.[1]?.length ?? 0);
  }
  return { min, max, mean: sum / rows, decimals };
}

function byCount(counts: ReadonlyMap<string, number>): CategoryCount[] {
  const categories = [...counts].map(([value, count]) => ({ value, count }));
  return categories.sort((left, right) => right.count - left.count);
}
