import { dateOrderOf, parseDate } from '../table/columns/parse-date';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell, Column, Table } from '../table/table';
import { QuantileScale } from './quantile-scale';

/** How the cells of a numeric column become places on a scale from 0 to 1; undefined for a missing one. */
export interface ScaledFeature {
  readonly kind: 'scaled';
  readonly encode: (cell: Cell) => number | undefined;
  /** Whether a fitted cell is missing. */
  readonly hasMissing: boolean;
}

/** How the cells of any other column become codes; missing has a code of its own, a value that was not fitted has -1. */
export interface CodedFeature {
  readonly kind: 'coded';
  readonly encode: (cell: Cell) => number;
  /** How many fitted rows have each code. */
  readonly counts: readonly number[];
}

export type FittedFeature = ScaledFeature | CodedFeature;

/** Fits the encoding of a column to the given rows: numbers and dates by their quantiles, everything else by equality. */
export function fitFeature(table: Table, rows: readonly number[], column: Column): FittedFeature {
  const cells = rows.map((row) => table.rows[row]![column.index] ?? null);
  const toNumber = numberReader(column, cells);
  return toNumber ? fitScaled(cells, toNumber) : fitCoded(cells);
}

type NumberReader = (cell: string) => number | undefined;

function numberReader({ type }: Column, cells: readonly Cell[]): NumberReader | undefined {
  if (type === 'number' || type === 'integer') return (cell) => parseNumber(cell);
  if (type !== 'date') return undefined;
  const order = dateOrderOf(cells.filter((cell) => cell !== null));
  return (cell) => parseDate(cell, order);
}

function fitScaled(cells: readonly Cell[], toNumber: NumberReader): ScaledFeature {
  const read = (cell: Cell): number | undefined => (cell === null ? undefined : toNumber(cell));
  const values = cells.map(read).filter((value) => value !== undefined);
  const scale = new QuantileScale(values);
  const encode = (cell: Cell): number | undefined => {
    const value = read(cell);
    return value === undefined ? undefined : scale.of(value);
  };
  return { kind: 'scaled', encode, hasMissing: values.length < cells.length };
}

function fitCoded(cells: readonly Cell[]): CodedFeature {
  const codes = new Map<Cell, number>();
  const counts: number[] = [];
  for (const cell of cells) {
    let code = codes.get(cell);
    if (code === undefined) codes.set(cell, (code = counts.push(0) - 1));
    counts[code]!++;
  }
  return { kind: 'coded', encode: (cell) => codes.get(cell) ?? -1, counts };
}
