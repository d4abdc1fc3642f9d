import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { parseNumber } from '../table/columns/parse-number';
import { targetIndex } from './parted-rows';
import type { StudyInput } from './study';

/** The classes of the table, those that are numbers by size. Throws `usage` when the target is a number. */
export function classesOf(input: StudyInput): string[] {
  requireClasses(input);
  const target = targetIndex(input);
  const labels = new Set(input.table.rows.flatMap((cells) => cells[target] ?? []));
  return [...labels].sort((a, b) => (parseNumber(a) ?? 0) - (parseNumber(b) ?? 0) || a.localeCompare(b, 'en'));
}

/** @throws LiftError `usage` when the target is a number */
export function requireClasses({ recipe }: StudyInput): void {
  if (recipe.task === 'classification') return;
  throw new LiftError(
    'usage',
    phrase`"${recipe.target.column}" is a number: this study is for classes.`,
    'Take another study, or another target.',
  );
}
