import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';
import { countsAsNumber } from './counts-as-number';
import type { GeneratedColumn } from './generated-column';

/**
 * The distance of each row to the nearest of the others (Gower): the mean over the columns of the difference as a share of
 * the range of the others, or of being different. 0 is a copy.
 */
export function closestDistances(
  columns: readonly GeneratedColumn[],
  rows: readonly (readonly Cell[])[],
  others: readonly (readonly Cell[])[],
): number[] {
  const ranges = columns.map((column, place) => {
    if (!countsAsNumber(column)) return undefined;
    const numbers = others.flatMap((cells) => parseNumber(cells[place] ?? '') ?? []);
    return Math.max(...numbers) - Math.min(...numbers) || 1;
  });
  const read = (cells: readonly Cell[]): (number | Cell)[] =>
    cells.map((cell, place) => (ranges[place] === undefined ? cell : (parseNumber(cell ?? '') ?? null)));
  const known = others.map(read);
  return rows.map((cells) => {
    const own = read(cells);
    let nearest = Infinity;
    for (const other of known) {
      let distance = 0;
      for (let place = 0; place < own.length && distance < nearest; place++) {
        const [left, right] = [own[place]!, other[place]!];
        const isNumber = typeof left === 'number' && typeof right === 'number';
        distance += isNumber ? Math.abs(left - right) / ranges[place]! : left === right ? 0 : 1;
      }
      nearest = Math.min(nearest, distance);
    }
    return nearest / columns.length;
  });
}
