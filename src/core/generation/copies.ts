import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';

/** Rows as they are known again: numbers by their value, however they are written. */
export class KnownRows {
  private readonly keys: ReadonlySet<string>;
  /** The share of the rows that repeat one before them. */
  readonly repeated: number;

  /** @param rows not empty */
  constructor(rows: readonly (readonly Cell[])[]) {
    this.keys = new Set(rows.map(keyOf));
    this.repeated = 1 - this.keys.size / rows.length;
  }

  has(cells: readonly Cell[]): boolean {
    return this.keys.has(keyOf(cells));
  }

  /** How many of so many made rows may be copies: no more than repeat one another here. */
  copiesAmong(rows: number): number {
    return Math.floor(this.repeated * rows);
  }
}

function keyOf(cells: readonly Cell[]): string {
  return JSON.stringify(cells.map((cell) => (cell === null ? null : (parseNumber(cell) ?? cell))));
}
