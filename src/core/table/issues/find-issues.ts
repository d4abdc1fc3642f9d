import { LiftError } from '../../foundation/lift-error';
import { amount, phrase } from '../../foundation/phrase';
import { rowKeys } from '../split/duplicate-rows';
import { findColumn } from '../find-column';
import { counted } from './counted';
import { findTargetIssues } from './target-issues';
import type { Column, Table } from '../table';
import type { TableIssue } from './table-issue';

export interface IssueOptions {
  readonly target: string;
  readonly task: 'classification' | 'regression';
}

/**
 * What stands against fine-tuning on this table with this target, errors first.
 * @throws LiftError `column-missing` when there is no such target.
 */
export function findIssues(table: Table, { target, task }: IssueOptions): TableIssue[] {
  const column = findColumn(table, target);
  const issues = [
    ...findTargetIssues(table, column, task),
    ...table.columns.filter(({ index }) => index !== column.index).flatMap((feature) => featureIssues(feature, table)),
    ...featuresIssue(table, column),
    ...duplicatesIssue(table),
  ];
  return [...issues.filter(isError), ...issues.filter((issue) => !isError(issue))];
}

/**
 * The column with this name, when a model can learn to predict it.
 * @throws LiftError `column-missing`; `target-invalid` with the first error that `findIssues` finds.
 */
export function requireTarget(table: Table, options: IssueOptions): Column {
  const error = findIssues(table, options).find(isError);
  if (error) throw new LiftError('target-invalid', error.message, error.hint);
  return findColumn(table, options.target);
}

function isError(issue: TableIssue): boolean {
  return issue.severity === 'error';
}

function featureIssues({ name, type, distinct, missing, reason }: Column, table: Table): TableIssue[] {
  const warning = { severity: 'warning', column: name } as const;
  if (distinct === 0) {
    return [
      { ...warning, kind: 'empty-column', message: phrase`"${name}" has no values.`, hint: phrase`Leave it out.` },
    ];
  }
  const rows = table.rows.length;
  if (distinct === 1 && missing === 0 && rows > 1) {
    const message = phrase`"${name}" has the same value in every row, so it says nothing.`;
    return [{ ...warning, kind: 'constant-column', message, hint: phrase`Leave it out.` }];
  }
  if (type === 'identifier') {
    const message = phrase`"${name}" identifies rows (${reason}): a model would learn them by heart.`;
    return [{ ...warning, kind: 'identifier-column', message, hint: phrase`Leave it out.` }];
  }
  if (missing > rows / 2) {
    const message = phrase`"${name}" is missing in ${counted(missing, 'row')} of ${rows}.`;
    return [{ ...warning, kind: 'mostly-missing-column', message, hint: phrase`Consider leaving it out.` }];
  }
  return [];
}

function featuresIssue({ columns }: Table, target: Column): TableIssue[] {
  if (columns.length > 1) return [];
  const message = phrase`"${target.name}" is the only column: there is nothing to predict it from.`;
  const hint = phrase`Choose a file with more columns, or check its delimiter.`;
  return [{ severity: 'error', kind: 'no-features', message, hint, column: target.name }];
}

function duplicatesIssue(table: Table): TableIssue[] {
  const keys = rowKeys(
    table,
    table.columns.filter(({ type }) => type !== 'identifier').map(({ index }) => index),
  );
  const copies = keys.length - new Set(keys).size;
  if (copies === 0) return [];
  const message =
    copies === 1
      ? phrase`1 row is an exact copy of another: test rows may repeat training rows.`
      : phrase`${amount(copies)} rows are exact copies of another: test rows may repeat training rows.`;
  const hint = phrase`Keep copies on one side of the split to judge without them.`;
  return [{ severity: 'warning', kind: 'duplicate-rows', message, hint }];
}
