import { rowsWith } from './column-values';
import type { ColumnRole, ColumnValues } from './column-values';
import { isNamedAsIdentifier } from './number-role';
import { counted } from '../issues/counted';
import { phrase } from '../../foundation/phrase';

const yesAndNo = new Set(['yes no', 'true false', 'y n', 't f', 'on off'].flatMap(bothOrders));

/** Up to this many words a text is a name or a code; beyond, prose. */
const nameWords = 3;
const fewRows = 10;
const fewValues = 20;

/** What words are for: yes and no, categories, the identifiers of rows, or free text. */
export function wordRole({ name, counts }: ColumnValues, texts: readonly string[]): ColumnRole {
  const rows = rowsWith(texts, counts);
  const distinct = texts.length;
  if (yesAndNo.has(texts.map((text) => text.toLowerCase()).join(' '))) {
    return { type: 'boolean', reason: phrase`all values are "${texts[0]!}" or "${texts[1]!}"` };
  }
  const words = texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0) / distinct;
  const isProse = words > nameWords;
  const inRows = phrase`${counted(distinct, 'different value')} in ${counted(rows, 'row')}`;
  const isUnique = distinct > 0.9 * rows && rows >= fewRows;
  if (isUnique && (!isProse || isNamedAsIdentifier(name))) {
    return { type: 'identifier', reason: phrase`${inRows}: nearly every row has its own` };
  }
  if (isUnique || (isProse && distinct > 0.5 * rows)) {
    return { type: 'text', reason: phrase`${inRows}, ${Math.round(words)} words each` };
  }
  if (distinct <= Math.max(fewValues, 0.5 * rows)) return { type: 'category', reason: inRows };
  return { type: 'text', reason: phrase`${inRows}: too many to be categories` };
}

function bothOrders(pair: string): [string, string] {
  return [pair, pair.split(' ').reverse().join(' ')];
}
