import { rowsWith } from './column-values';
import type { ColumnValues } from './column-values';
import { readAsNumbers } from './number-style';
import type { NumberStyle } from './parse-number';
import { counted } from '../issues/counted';
import type { Cell, Repair } from '../table';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';

const infinite = /^[+-]?(?:inf|infinity|1\.#inf|∞)$/i;

/** A few words among many numbers are slips: at most this share of the rows, this many different ones. */
const slipShare = 0.05;
const slipTexts = 5;
const leastNumbers = 20;

/** A column read as numbers. */
export interface NumberColumn {
  /** The canonical number of each text ("1.234,50" → "1234.50"); null for what becomes missing. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly repairs: readonly Repair[];
}

/**
 * Reads the texts of a column as numbers, allowing infinities and slips among many numbers, which become missing; undefined
 * when the texts are not numbers. Every change is reported.
 */
export function inferNumbers(values: ColumnValues, texts: readonly string[]): NumberColumn | undefined {
  const finiteTexts = texts.filter((text) => !infinite.test(text));
  const { style, canonical } = readAsNumbers(finiteTexts, values.delimiter);
  const slips = finiteTexts.filter((text) => !canonical.has(text));
  const cells = new Map<string, Cell>();
  const restyled: string[] = [];
  for (const [text, number] of canonical) {
    if (!Number.isFinite(Number(number))) continue;
    cells.set(text, number);
    if (text !== number) restyled.push(text);
  }
  if (cells.size === 0 || (slips.length > 0 && !areSlips(slips, cells.size, values))) return undefined;
  const infinities = texts.filter((text) => !cells.has(text) && !slips.includes(text));
  for (const text of [...infinities, ...slips]) cells.set(text, null);
  const repairs = [
    ...styleRepair(style, restyled, values),
    ...droppedRepair('infinite-values', phrase`not finite`, infinities, values),
    ...droppedRepair('not-numbers', phrase`not a number as the other values are`, slips, values),
  ];
  return { cells, repairs };
}

function areSlips(slips: readonly string[], numbers: number, { counts, rows }: ColumnValues): boolean {
  // Digits with leading zeros are codes, and codes may well have letters.
  if ([...counts.keys()].some((text) => /^0\d/.test(text))) return false;
  return numbers >= leastNumbers && slips.length <= slipTexts && rowsWith(slips, counts) <= slipShare * rows;
}

function styleRepair(style: NumberStyle, texts: readonly string[], { name, counts }: ColumnValues): Repair[] {
  if (texts.length === 0) return [];
  const count = rowsWith(texts, counts);
  const removed = [
    ...(style.decimal === ',' ? [phrase`decimal commas`] : []),
    ...(style.group === '' ? [] : [phrase`thousands separators`]),
    ...(style.prefix + style.suffix === '' ? [] : [phrase`"${style.prefix}${style.suffix}" signs`]),
  ].reduce((some, other) => phrase`${some} and ${other}`);
  const message = phrase`Numbers in "${name}" have ${removed}, as in "${texts[0]!}": read as plain numbers.`;
  return [{ kind: 'number-style', message, count }];
}

function droppedRepair(kind: string, why: Phrase, texts: readonly string[], { name, counts }: ColumnValues): Repair[] {
  if (texts.length === 0) return [];
  const count = rowsWith(texts, counts);
  const listed = texts.slice(0, 5).map((text) => `"${text}"`);
  const message = phrase`${listed.join(', ')} in "${name}" is ${why}: read as missing in ${counted(count, 'row')}.`;
  return [{ kind, message, count }];
}
