import { parseNumber } from '../columns/parse-number';
import { isMissingToken } from '../columns/missing-values';

/**
 * Whether the first record names the columns. Each column votes: for a header (twice) when its first cell is a word above numbers,
 * or a word that none of the repeating words below it equals; against when the first cell is a number above numbers, or a
 * word that appears again below. A tie is a header, as most files have one, unless the first record has a number.
 */
export function detectHeader(records: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = records;
  if (!first) return false;
  const present = first.filter((cell) => !isMissingToken(cell));
  const hasNumber = present.some(isNumber);
  if (rest.length === 0) return !hasNumber;
  let votes = 0;
  for (const [index, cell] of first.entries()) {
    if (isMissingToken(cell)) continue;
    const below = rest.map((record) => record[index] ?? '').filter((value) => !isMissingToken(value));
    votes += voteOf(cell, below);
  }
  return votes === 0 ? !hasNumber && new Set(present).size === present.length : votes > 0;
}

function voteOf(cell: string, below: readonly string[]): number {
  if (below.length === 0) return 0;
  const numbers = below.filter(isNumber).length;
  if (numbers > 0.9 * below.length) return isNumber(cell) ? -1 : 2;
  if (numbers > 0) return 0;
  if (isNumber(cell)) return 0;
  if (below.includes(cell)) return -1;
  const repeats = new Set(below).size <= below.length / 2;
  return repeats ? 1 : 0;
}

function isNumber(cell: string): boolean {
  return parseNumber(cell) !== undefined || /^[+-]?\d+,\d+$/.test(cell);
}
