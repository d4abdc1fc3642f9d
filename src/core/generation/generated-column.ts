import { createFormatter, fitNumberFormat } from '../prompt/numbers/number-format';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell, Column, Table } from '../table/table';

/** A column with few different numbers is one of choices: each has been seen, and is written as it is. */
const mostChoices = 30;
const scaledNumbers = 1000;

/** A column of rows that are to be made: everything that it can hold, as texts for a model. */
export interface GeneratedColumn {
  readonly name: string;
  readonly index: number;
  /** `number`: between the least and the greatest training value. `choice`: one of the training values. */
  readonly kind: 'number' | 'choice';
  /** What can be written; none is written twice. */
  readonly texts: readonly string[];
  /** The cell that a text stands for. */
  readonly cellOf: (text: number) => Cell;
  /** The text of a cell; undefined for one that the column cannot hold. */
  readonly textOf: (cell: Cell) => number | undefined;
}

/**
 * What a column can hold, learnt from the training rows alone. Numbers are written by their rank among the quantiles, in
 * three digits, so that any column has one form; they are read back with the digits that the column has.
 * @param missing the text that stands for a missing value, which the column can hold when a training row does
 */
export function generatedColumn(
  table: Table,
  rows: readonly number[],
  column: Column,
  missing: string,
): GeneratedColumn {
  const cells = rows.map((row) => table.rows[row]![column.index] ?? null);
  const present = cells.filter((cell) => cell !== null);
  const holdsMissing = present.length < cells.length;
  const numbers = present.flatMap((cell) => parseNumber(cell) ?? []);
  const isNumeric = column.type === 'number' || column.type === 'integer';
  const distinct = new Set(present);
  if (isNumeric && numbers.length > 0 && distinct.size > mostChoices) {
    return numberColumn(column, numbers, holdsMissing ? missing : undefined);
  }
  const values: Cell[] = [...distinct].sort();
  if (holdsMissing) values.push(null);
  const places = new Map(values.map((value, place) => [value, place]));
  // The word for a missing value may be a value too.
  const word = distinct.has(missing) ? `(${missing})` : missing;
  return {
    name: column.name,
    index: column.index,
    kind: 'choice',
    texts: values.map((value) => value ?? word),
    cellOf: (text) => values[text]!,
    textOf: (cell) => places.get(cell),
  };
}

function numberColumn(column: Column, numbers: readonly number[], missing: string | undefined): GeneratedColumn {
  const formatter = createFormatter(fitNumberFormat('scaled', Float64Array.from(numbers)));
  const decimals = Math.min(20, column.numeric?.decimals ?? 0);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const texts = Array.from({ length: scaledNumbers }, (_, index) => String(index).padStart(3, '0'));
  if (missing !== undefined) texts.push(missing);
  return {
    name: column.name,
    index: column.index,
    kind: 'number',
    texts,
    cellOf: (text) => {
      if (text === scaledNumbers) return null;
      // Rounding may lead out of the range by less than a digit.
      return Math.min(high, Math.max(low, formatter.invert(text))).toFixed(decimals);
    },
    textOf: (cell) => {
      if (cell === null) return missing === undefined ? undefined : scaledNumbers;
      const value = parseNumber(cell);
      return value === undefined || value < low || value > high ? undefined : Number(formatter.formatNumber(value));
    },
  };
}
