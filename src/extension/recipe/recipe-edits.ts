import { applyEdits, modify } from 'jsonc-parser';
import type { RecipeChange } from '../../shared/recipe-view';

const formatting = { formattingOptions: { insertSpaces: true, tabSize: 2 } };

/** The document's text with changes applied at their paths: everything else keeps its place, order and layout. */
export function applyChanges(text: string, changes: readonly RecipeChange[]): string {
  return changes.reduce(
    (edited, { path, value }) => applyEdits(edited, modify(edited, [...path], value, formatting)),
    text,
  );
}

/** The changes that turn one document into another: the smallest values that differ. */
export function changesBetween(
  before: unknown,
  after: unknown,
  path: readonly (string | number)[] = [],
): RecipeChange[] {
  if (Object.is(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((value, index) => changesBetween(value, after[index], [...path, index]));
  }
  return [{ path, value: after }];
}

/** The one range in which two texts differ, in UTF-16 units of the first, and what stands there in the second. */
export function changedRange(before: string, after: string): { start: number; end: number; text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
