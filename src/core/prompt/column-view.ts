import type { Cell } from '../table/table';
import { createFormatter } from './numbers/number-format';
import type { FittedFormat } from './numbers/number-format';

/** One column as prompts show it. */
export interface ColumnView {
  readonly column: string;
  /** Where the column's cell stands in a row. */
  readonly cellIndex: number;
  readonly name: string;
  readonly unit: string;
  /** The cell in the column's format with its unit, or the column's phrase for a missing value. */
  show(cell: Cell): string;
}

export interface ColumnViewOptions {
  readonly column: string;
  readonly cellIndex: number;
  readonly name: string;
  readonly unit: string;
  readonly missing: string;
  readonly format: FittedFormat;
}

/** The texts of so many distinct cells are remembered: most columns have fewer, and formatting costs more than a look-up. */
const remembered = 4096;

export function createColumnView({ column, cellIndex, name, unit, missing, format }: ColumnViewOptions): ColumnView {
  const formatter = createFormatter(format);
  const ending = formatter.takesUnit ? unitEnding(unit) : '';
  if (format.kind === 'as-is') {
    return { column, cellIndex, name, unit, show: (cell) => (cell === null ? missing : cell + ending) };
  }
  const texts = new Map<string, string>();
  const show = (cell: Cell): string => {
    if (cell === null) return missing;
    let text = texts.get(cell);
    if (text === undefined) {
      text = formatter.formatCell(cell) + ending;
      if (texts.size < remembered) texts.set(cell, text);
    }
    return text;
  };
  return { column, cellIndex, name, unit, show };
}

/** A unit stands behind a space, but a percent sign does not. */
function unitEnding(unit: string): string {
  return unit === '' || unit === '%' ? unit : ` ${unit}`;
}
