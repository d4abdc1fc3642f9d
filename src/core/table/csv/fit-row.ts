import { counted } from '../issues/counted';
import type { RepairLog } from '../issues/repair-log';
import { delimiters } from './detect-delimiter';
import { splitCells } from './split-cells';
import type { RecordText, Separators } from './split-cells';
import { amount, phrase } from '../../foundation/phrase';
import type { PhraseValue } from '../../foundation/phrase';

/**
 * Gives a row as many cells as the table has columns, and notes in the log what was changed: a row without the delimiter
 * that another delimiter splits exactly is split there; a short row is filled with missing cells; cells beyond the last
 * column are cut off.
 */
export function fitRow(
  cells: string[],
  width: number,
  record: RecordText,
  separators: Separators,
  log: RepairLog,
): string[] {
  if (cells.length === width) return cells;
  if (cells.length < width) {
    const split = cells.length === 1 ? splitOtherwise(record, width, separators) : undefined;
    if (split) {
      log.note('mixed-delimiters', record.line, (count, where) => {
        const usual = nameOfDelimiter(separators.delimiter);
        return count === 1
          ? phrase`1 row uses another delimiter than ${usual}${where}; split there.`
          : phrase`${amount(count)} rows use another delimiter than ${usual}${where}; split there.`;
      });
      return split;
    }
    log.note(
      'short-rows',
      record.line,
      (count, where) =>
        phrase`${counted(count, 'row')} with fewer than ${width} cells${where}: filled with missing values.`,
    );
    while (cells.length < width) cells.push('');
    return cells;
  }
  const surplus = cells.splice(width);
  if (surplus.every((cell) => cell === '')) {
    log.note(
      'trailing-delimiters',
      record.line,
      (count, where) => phrase`${counted(count, 'row')} with delimiters after the last column${where}: ignored.`,
    );
  } else {
    log.note(
      'long-rows',
      record.line,
      (count, where) =>
        phrase`${counted(count, 'row')} with more than ${width} cells${where}: the surplus cells were left out. A delimiter inside a cell needs quotes around the cell.`,
    );
  }
  return cells;
}

function nameOfDelimiter(delimiter: string): PhraseValue {
  return delimiter === '\t' ? phrase`tab` : `"${delimiter}"`;
}

/** The cells of a record that does not have the delimiter, when another delimiter splits it into exactly `width`. */
export function splitOtherwise(
  record: RecordText,
  width: number,
  { delimiter, quote }: Separators,
): string[] | undefined {
  // A lone "3,14" is a number with a decimal comma.
  if (width < 2 || /^\s*[+-]?\d+,\d+\s*$/.test(record.text)) return undefined;
  for (const other of delimiters) {
    if (other === delimiter || !record.text.includes(other)) continue;
    const split = splitCells([record], { delimiter: other, quote })[0]!;
    if (split.length === width) return split;
  }
  return undefined;
}
