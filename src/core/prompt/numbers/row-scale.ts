import { parseNumber } from '../../table/columns/parse-number';
import type { Cell } from '../../table/table';
import type { ColumnFinder } from '../names/column-finder';
import type { PromptSpec } from '../prompt-spec';

type Row = readonly Cell[];

/** Digits behind the point of a place in a row's range. */
const decimals = 4;

/**
 * Rows as a spec has them told: as they are, or, for a spec of a series, with the numbers of its features replaced by their
 * place between the row's least (0) and greatest (1). Then the shape of the series counts and not its size. In a row whose
 * numbers are all equal they stand in the middle.
 */
export class RowScale {
  private readonly places: readonly number[];
  /** Rows stand in many prompts. */
  private readonly known = new WeakMap<Row, Row>();

  /** @throws LiftError `column-missing` for an included feature that the finder does not know */
  constructor({ series, features }: PromptSpec, finder: ColumnFinder) {
    this.places = series ? features.filter(({ include }) => include).map(({ column }) => finder.indexOf(column)) : [];
  }

  of(row: Row): Row {
    if (this.places.length === 0) return row;
    let scaled = this.known.get(row);
    if (scaled === undefined) this.known.set(row, (scaled = this.scaled(row)));
    return scaled;
  }

  private scaled(row: Row): Row {
    const numbers = new Map<number, number>();
    for (const place of this.places) {
      const cell = row[place] ?? null;
      const value = cell === null ? undefined : parseNumber(cell);
      if (value !== undefined) numbers.set(place, value);
    }
    const low = Math.min(...numbers.values());
    const range = Math.max(...numbers.values()) - low;
    return row.map((cell, place) => {
      const value = numbers.get(place);
      if (value === undefined) return cell;
      return (range > 0 ? (value - low) / range : 0.5).toFixed(decimals);
    });
  }
}
