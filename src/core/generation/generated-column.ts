import { parseNumber } from '../table/columns/parse-number';
import type { Cell, Column, Table } from '../table/table';
import { EmpiricalValues } from './empirical-values';

/** A column with few different numbers is one of choices: each has been seen, and is written as it is. */
const mostChoices = 30;
const [digits, codes] = [3, 1000];
/** A number that few rows have is told as one of the shares that are at most so far from its own. */
const reach = 0.01;

/** A column of rows that are to be made: everything that it can hold, as texts for a model. */
export interface GeneratedColumn {
  readonly name: string;
  readonly index: number;
  /** `number`: between the least and the greatest training value. `choice`: one of the training values. */
  readonly kind: 'number' | 'choice';
  /** What can be written; none is written twice. */
  readonly texts: readonly string[];
  /**
   * The cell that a text stands for; for the text of a number one of those that do.
   * @param place which of them, from 0 to 1
   */
  readonly cellOf: (text: number, place: number) => Cell;
  /**
   * The text of a cell, for a number one of those that mean it; undefined for a cell that the column cannot hold.
   * @param place which of them, from 0 to 1
   */
  readonly textOf: (cell: Cell, place: number) => number | undefined;
}

/**
 * What a column can hold, learnt from the training rows alone. A number is written as the share of the training rows below
 * it, in three digits: any column has one form, and any text is about as probable as any other. A value is many texts, of which
 * each reading of a row takes another: those of all rows that have it, as for a randomised probability integral transform, and
 * where these are few all that are near. So no model learns its rows by their digits.
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
  const numbers = present.filter((cell) => parseNumber(cell) !== undefined);
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

function numberColumn(column: Column, numbers: readonly string[], missing: string | undefined): GeneratedColumn {
  const values = new EmpiricalValues(numbers, Math.min(20, column.numeric?.decimals ?? 0));
  const texts = Array.from({ length: codes }, (_, index) => String(index).padStart(digits, '0'));
  if (missing !== undefined) texts.push(missing);
  return {
    name: column.name,
    index: column.index,
    kind: 'number',
    texts,
    cellOf: (text, place) => (text === codes ? null : values.textAt((text + place) / codes)),
    textOf: (cell, place) => {
      if (cell === null) return missing === undefined ? undefined : codes;
      const number = parseNumber(cell) ?? NaN;
      const [least, greatest] = [values.shareOf(number, 0), values.shareOf(number, 1)];
      if (least === undefined || greatest === undefined) return undefined;
      const share = shareWithin(least, greatest, place);
      return Math.min(codes - 1, Math.floor(share * codes));
    },
  };
}

/** One of the shares that a value is told by: its own ones, or, where these are few, all within reach. */
function shareWithin(least: number, greatest: number, place: number): number {
  const middle = (least + greatest) / 2;
  const half = Math.max(reach, (greatest - least) / 2);
  const [from, to] = [Math.max(0, middle - half), Math.min(1, middle + half)];
  return from + place * (to - from);
}
