import { parseNumber } from '../table/columns/parse-number';
import type { GeneratedColumn } from './generated-column';

/** So few different numbers are names of things: drawn and compared one by one. */
const mostNames = 6;

/** Whether a column is compared as a number: also one whose numbers are written as they are because there are not many. */
export function countsAsNumber({ kind, texts, cellOf }: GeneratedColumn): boolean {
  if (kind === 'number') return true;
  const cells = texts.map((_, text) => cellOf(text, 0)).filter((cell) => cell !== null);
  return cells.length > mostNames && cells.every((cell) => parseNumber(cell) !== undefined);
}
