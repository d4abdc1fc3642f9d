import type { Recipe } from '../recipe/recipe';

/**
 * The places of the columns in the order in which a row is written. What is given comes first, so that a row can begin with
 * it. Of the rest a class comes first, as in the paper, and a number last, as what it follows from says it most exactly; the
 * others are as they stand in the table. One order is all that a small model learns well.
 * @param count how many columns, of which place 0 is the answer
 */
export function columnOrder(count: number, given: readonly number[], task: Recipe['task']): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  const rest = places.filter((place) => !given.includes(place));
  const isNumberLast = task === 'regression' && rest[0] === 0;
  return [...places.filter((place) => given.includes(place)), ...(isNumberLast ? [...rest.slice(1), 0] : rest)];
}

/** A name for a folder: rows in which the same columns are given are written in the same order. */
export function orderName(given: readonly number[], task: Recipe['task']): string {
  const isFirstAnyway = task === 'classification' && given.length === 1 && given[0] === 0;
  return given.length === 0 || isFirstAnyway ? 'rows' : `given-${[...given].sort((a, b) => a - b).join('-')}`;
}
