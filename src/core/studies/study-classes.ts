import { parseNumber } from '../table/columns/parse-number';
import { targetIndex } from './parted-rows';
import type { StudyInput } from './study';

/** The classes of the table, those that are numbers by size. */
export function classesOf(input: StudyInput): string[] {
  const target = targetIndex(input);
  const labels = new Set(input.table.rows.flatMap((cells) => cells[target] ?? []));
  return [...labels].sort((a, b) => (parseNumber(a) ?? 0) - (parseNumber(b) ?? 0) || a.localeCompare(b, 'en'));
}
