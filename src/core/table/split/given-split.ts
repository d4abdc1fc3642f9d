import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { findColumn } from '../find-column';
import type { Table } from '../table';

/** The rows of each part, rising. */
export interface GivenParts {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

const parts = ['train', 'validation', 'test'] as const;

/**
 * The split that a column of the table itself tells, by the words train, validation and test.
 * @param rows those that have a target
 * @throws LiftError `column-missing`; `target-invalid` for another word, or when no row is for training
 */
export function givenSplit(table: Table, column: string, rows: readonly number[]): GivenParts {
  const { index, name } = findColumn(table, column);
  const found: Record<(typeof parts)[number], number[]> = { train: [], validation: [], test: [] };
  for (const row of rows) {
    const word = (table.rows[row]![index] ?? '').toLowerCase();
    const part = parts.find((known) => known === word);
    if (part === undefined) {
      throw new LiftError(
        'target-invalid',
        phrase`Line ${table.lineNumbers[row]!} says "${word}" in "${name}", which is to name its part of the split.`,
        'Write train, validation or test.',
      );
    }
    found[part].push(row);
  }
  if (found.train.length > 0) return found;
  throw new LiftError('target-invalid', phrase`No row is for training in "${name}".`, 'Write train in some rows.');
}
