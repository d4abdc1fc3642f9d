import { dateOrderOf, parseDate } from '../../table/columns/parse-date';
import { parseNumber } from '../../table/columns/parse-number';
import type { Cell, Column } from '../../table/table';

/** Turns the cells of one column into numbers; fitted on training rows alone. */
export interface ColumnEncoder {
  readonly denseColumns: number;
  readonly ordinalColumns: number;
  writeDense(cell: Cell, target: Float64Array, at: number): void;
  writeOrdinal(cell: Cell, target: Float64Array, at: number): void;
}

/** Levels of a category that get a column of their own; rarer ones share the all-zero code. */
const mostLevels = 100;

/** Fits the encoder that suits the column: numbers and dates as numbers, everything else as categories. */
export function fitColumnEncoder(column: Column, trainCells: readonly Cell[]): ColumnEncoder {
  if (column.type === 'number' || column.type === 'integer') return fitNumberEncoder(trainCells, parseNumber);
  if (column.type !== 'date') return fitCategoryEncoder(trainCells);
  const order = dateOrderOf(trainCells.filter((cell) => cell !== null));
  return fitNumberEncoder(trainCells, (text) => parseDate(text, order));
}

/**
 * Numbers: dense standardised (mean 0, standard deviation 1 on the training rows), ordinal as they are. Missing ones get the
 * training median, and a second column says that they were missing when training rows have any.
 */
function fitNumberEncoder(trainCells: readonly Cell[], parse: (text: string) => number | undefined): ColumnEncoder {
  const read = (cell: Cell): number | undefined => (cell === null ? undefined : parse(cell));
  const values = trainCells.map(read);
  const present = Float64Array.from(values.filter((value) => value !== undefined)).sort();
  const middle = present.length / 2;
  const median = present.length === 0 ? 0 : present[Math.floor(middle)]! / 2 + present[Math.ceil(middle - 1)]! / 2;
  const hasMissing = present.length < values.length;
  const mean = values.reduce<number>((sum, value) => sum + (value ?? median) / values.length, 0);
  const variance = values.reduce<number>((sum, value) => sum + ((value ?? median) - mean) ** 2 / values.length, 0);
  // Rounding gives a constant column a tiny spread; it must not be blown up to one.
  const scale = variance > (1e-12 * mean) ** 2 ? 1 / Math.sqrt(variance) : 0;
  const write = (cell: Cell, target: Float64Array, at: number, encode: (value: number) => number): void => {
    const value = read(cell);
    target[at] = encode(value ?? median);
    if (hasMissing) target[at + 1] = value === undefined ? 1 : 0;
  };
  const columns = hasMissing ? 2 : 1;
  return {
    denseColumns: columns,
    ordinalColumns: columns,
    writeDense: (cell, target, at) => {
      write(cell, target, at, (value) => (value - mean) * scale);
    },
    writeOrdinal: (cell, target, at) => {
      write(cell, target, at, (value) => value);
    },
  };
}

/**
 * Categories: dense one-hot, ordinal the place in the sorted list of the training values ("2-3" before "10-11"). A missing
 * cell is a value of its own; one that training never shows is all zeros, and −1 for trees.
 */
function fitCategoryEncoder(trainCells: readonly Cell[]): ColumnEncoder {
  const counts = new Map<Cell, number>();
  for (const cell of trainCells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const collator = new Intl.Collator('en', { numeric: true });
  const levels = [...counts]
    .sort((a, b) => b[1] - a[1] || compare(a[0], b[0], collator))
    .slice(0, mostLevels)
    .map(([cell]) => cell)
    .sort((a, b) => compare(a, b, collator));
  const places = new Map(levels.map((cell, place) => [cell, place]));
  return {
    denseColumns: levels.length,
    ordinalColumns: 1,
    writeDense: (cell, target, at) => {
      const place = places.get(cell);
      if (place !== undefined) target[at + place] = 1;
    },
    writeOrdinal: (cell, target, at) => {
      target[at] = places.get(cell) ?? -1;
    },
  };
}

/** Missing cells last; texts that the collator holds for equal, such as "a" and "A" with a mark, by their code units. */
function compare(a: Cell, b: Cell, collator: Intl.Collator): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return collator.compare(a, b) || (a < b ? -1 : 1);
}
