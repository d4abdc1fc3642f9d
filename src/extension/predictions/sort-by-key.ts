import { readAsNumbers } from '../../core/table/columns/number-style';
import { parseNumber } from '../../core/table/columns/parse-number';
import { lowerBound } from './prediction-set';

/**
 * The places 0 … n − 1 in the order of their keys; equal keys keep their order and NaN comes last in either direction.
 * The keys are sorted natively and the places then counted into them: sorting with a comparing function takes several times
 * as long.
 */
export function sortByKey(keys: Float64Array, descending: boolean): Int32Array {
  const wanted = descending ? keys.map((key) => -key) : keys;
  const sorted = wanted.slice().sort();
  const used = new Int32Array(keys.length);
  const order = new Int32Array(keys.length);
  let missing = endOfNumbers(sorted);
  wanted.forEach((key, place) => {
    if (Number.isNaN(key)) {
      order[missing++] = place;
      return;
    }
    const first = lowerBound(sorted, key);
    order[first + used[first]!++] = place;
  });
  return order;
}

/** NaN sorts to the end. */
function endOfNumbers(sorted: Float64Array): number {
  let end = sorted.length;
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--;
  return end;
}

/** Among so many numbers, a word here and there ("?", "n/a") stands for a missing one. */
const shareOfNumbers = 0.9;
/** So many texts show how the numbers of a column are written. */
const styleTexts = 1000;
/** Comparing as people do costs much more than comparing code units: above this it would be felt. */
const manyTexts = 20_000;

/**
 * A key for each text of a column that puts them in the order of people: numbers by size, words by the alphabet; NaN where
 * there is nothing.
 * @param delimiter of the file, which says something about its numbers
 */
export function keysOfTexts(texts: readonly string[], delimiter: string): Float64Array {
  const distinct = [...new Set(texts)].filter((text) => text !== '');
  const { style } = readAsNumbers(distinct.slice(0, styleTexts), delimiter);
  const numbers = new Map(distinct.map((text) => [text, parseNumber(text, style)]));
  const known = distinct.filter((text) => numbers.get(text) !== undefined).length;
  if (known >= shareOfNumbers * distinct.length) {
    return Float64Array.from(texts, (text) => numbers.get(text) ?? Number.NaN);
  }
  const asPeopleDo = (): typeof byCodeUnits => new Intl.Collator(undefined, { numeric: true }).compare;
  const ordered = distinct.sort(distinct.length > manyTexts ? byCodeUnits : asPeopleDo());
  const ranks = new Map(ordered.map((text, rank) => [text, rank]));
  return Float64Array.from(texts, (text) => ranks.get(text) ?? Number.NaN);
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
