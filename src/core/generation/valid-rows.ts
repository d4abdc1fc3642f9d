import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';
import type { SourceRows } from './source-rows';

/**
 * How many rows could stand in the training part: numbers between its least and greatest, with no more digits than the
 * column has; other cells among its values. Looks at cells alone, not at how they were made.
 */
export function validRows({ table, train, columns }: SourceRows, rows: readonly (readonly Cell[])[]): number {
  const checks = columns.map(({ index, kind }) => {
    const cells = train.map((row) => table.rows[row]![index] ?? null);
    const seen = new Set(cells);
    if (kind === 'choice') return (cell: Cell) => seen.has(cell);
    const numbers = cells.flatMap((cell) => parseNumber(cell ?? '') ?? []);
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const decimals = table.columns[index]!.numeric?.decimals ?? 0;
    return (cell: Cell) => {
      if (cell === null) return seen.has(null);
      const value = parseNumber(cell);
      const digits = cell.split('.')[1]?.length ?? 0;
      return value !== undefined && value >= low && value <= high && digits <= decimals;
    };
  });
  return rows.filter((cells) => cells.every((cell, place) => checks[place]!(cell))).length;
}
