import { rowsWith } from './column-values';
import type { ColumnValues, InferredColumn } from './column-values';
import { inferNumbers } from './infer-numbers';
import { isCodeAmongCodes, isMissingAmongNumbers, isMissingToken } from './missing-values';
import { numberRole } from './number-role';
import { dateOrderOf } from './parse-date';
import { counted } from '../issues/counted';
import type { Cell, Repair } from '../table';
import { wordRole } from './word-role';
import { phrase } from '../../foundation/phrase';

/**
 * Infers the type of a column from its distinct texts, and with it which texts are missing and how numbers are written.
 * @param missingTokens when given, exactly these texts (and the empty one) are missing.
 */
export function inferColumn(values: ColumnValues, missingTokens?: readonly string[]): InferredColumn {
  const cells = new Map<string, Cell>();
  const texts: string[] = [];
  for (const text of values.counts.keys()) {
    if (isMissing(text, values, missingTokens)) cells.set(text, null);
    else texts.push(text);
  }
  const repairs = missingRepair([...cells.keys()], values);
  if (texts.length === 0) return { type: 'text', reason: phrase`every value is missing`, cells, repairs };

  // "-" or "None" is missing among numbers and dates, and a value like others among words.
  const dashes = missingTokens ? [] : texts.filter(isMissingAmongNumbers);
  const others = dashes.length === 0 ? texts : texts.filter((text) => !isMissingAmongNumbers(text));
  const found = inferNumbersOrDates(values, others);
  if (found) {
    for (const text of dashes) cells.set(text, null);
    for (const [text, cell] of found.cells) cells.set(text, cell);
    return { ...found, cells, repairs: [...repairs, ...missingRepair(dashes, values), ...found.repairs] };
  }
  const role = wordRole(values, texts);
  const kept = dashes.map((text) => `"${text}"`).join(', ');
  const reason = kept === '' ? role.reason : phrase`${role.reason}; among words ${kept} counts as a value`;
  return { type: role.type, reason, cells, repairs };
}

function inferNumbersOrDates(values: ColumnValues, texts: readonly string[]): InferredColumn | undefined {
  const numbers = inferNumbers(values, texts);
  if (numbers) {
    const present = texts.filter((text) => numbers.cells.get(text) !== null);
    const role = numberRole(
      values,
      present,
      present.map((text) => numbers.cells.get(text)!),
    );
    return { ...role, ...numbers };
  }
  if (dateOrderOf(texts) === undefined) return undefined;
  return {
    type: 'date',
    reason: texts.length === 1 ? phrase`the one value is a date` : phrase`all values are dates`,
    cells: new Map(),
    repairs: [],
  };
}

function isMissing(text: string, { counts }: ColumnValues, tokens: readonly string[] | undefined): boolean {
  if (tokens) return text === '' || tokens.includes(text);
  return isMissingToken(text) && !isCodeAmongCodes(text, counts.keys());
}

/** Empty cells need no report; words that were taken for missing do. */
function missingRepair(texts: readonly string[], { name, counts }: ColumnValues): Repair[] {
  const words = texts.filter((text) => text !== '');
  if (words.length === 0) return [];
  const count = rowsWith(words, counts);
  const listed = words.map((word) => `"${word}"`).join(', ');
  const message = phrase`${listed} in "${name}" read as missing in ${counted(count, 'row')}.`;
  return [{ kind: 'missing-values', message, count }];
}
