import { LiftError } from '../../foundation/lift-error';
import type { Said } from '../../foundation/phrase';
import { phrase } from '../../foundation/phrase';
import type { Task } from '../../prompt/prompt-spec';
import { findColumn } from '../../table/find-column';
import { parseNumber } from '../../table/columns/parse-number';
import type { Column, TablePart } from '../../table/table';

export interface Inferred<Value> {
  readonly value: Value;
  /** Why, in words for people. */
  readonly reason: Said;
}

/** Names that a column to predict often has, the surest first. */
const targetNames = ['target', 'label', 'class', 'y'];

/**
 * The column to predict: the one asked for; else one called target, label, class or y; else the last one that can be predicted.
 * @throws LiftError `column-missing`; `target-invalid` when the table has no second column, or the target says nothing
 */
export function inferTarget(table: TablePart, wanted: string | undefined): Inferred<Column> {
  const { columns } = table;
  if (columns.length < 2) {
    throw new LiftError(
      'target-invalid',
      columns.length === 1
        ? 'The table has one column: there is nothing to predict from.'
        : 'The table has no column: there is nothing to predict from.',
      'LIFT needs a target column and at least one other. Is the delimiter right?',
    );
  }
  const inferred = chooseTarget(table, wanted);
  requireSomethingToLearn(inferred.value, table.rows.length);
  return inferred;
}

function chooseTarget(table: TablePart, wanted: string | undefined): Inferred<Column> {
  if (wanted !== undefined) return { value: findColumn(table, wanted), reason: phrase`it was asked for` };
  const { columns } = table;
  for (const name of targetNames) {
    const column = columns.find((candidate) => candidate.name.toLowerCase() === name);
    if (column !== undefined) return { value: column, reason: phrase`it is called "${column.name}"` };
  }
  const last = columns.at(-1)!;
  const usable = columns.findLast((column) => column.type !== 'identifier' && column.distinct > 1) ?? last;
  return usable === last
    ? { value: last, reason: phrase`it is the last column` }
    : { value: usable, reason: phrase`it is the last column with values that can be predicted` };
}

function requireSomethingToLearn(target: Column, rows: number): void {
  if (target.distinct > 1) return;
  const value = target.examples[0];
  throw new LiftError(
    'target-invalid',
    value === undefined
      ? phrase`The target column "${target.name}" is empty in all ${rows} rows.`
      : phrase`The target column "${target.name}" has only one value, "${value}": there is nothing to predict.`,
    'Choose another target column.',
  );
}

/** An integer column with at most so many different values is taken for classes … */
const mostIntegerClasses = 10;
/** … when these are also at most this share of the rows. */
const greatestClassShare = 0.05;

/**
 * Whether the target's values are classes or numbers.
 * @throws LiftError `target-invalid` for a regression of something else than numbers, or classes that never repeat
 */
export function inferTask(target: Column, rows: number, wanted: Task | undefined): Inferred<Task> {
  const inferred = wanted === undefined ? guessTask(target, rows) : { value: wanted, reason: phrase`it was asked for` };
  if (inferred.value === 'regression') requireNumbers(target);
  else requireRepeatedClasses(target, rows);
  return inferred;
}

function guessTask({ type, distinct, distinctCapped, examples }: Column, rows: number): Inferred<Task> {
  if (type === 'number') return { value: 'regression', reason: phrase`the target holds decimal numbers` };
  const isInteger = type === 'integer' || (type === 'identifier' && examples.every(isNumber));
  if (!isInteger) return { value: 'classification', reason: phrase`the target holds ${distinct} different words` };
  const few = !distinctCapped && distinct <= mostIntegerClasses && distinct <= greatestClassShare * rows;
  return few
    ? { value: 'classification', reason: phrase`the target holds only ${distinct} different whole numbers` }
    : { value: 'regression', reason: phrase`the target holds ${distinct} different whole numbers` };
}

function requireNumbers(target: Column): void {
  const other = target.examples.find((example) => !isNumber(example));
  if (other === undefined) return;
  throw new LiftError(
    'target-invalid',
    phrase`The target column "${target.name}" is not numeric: it holds "${other.slice(0, 40)}".`,
    'Predict classes with the task "classification".',
  );
}

function requireRepeatedClasses(target: Column, rows: number): void {
  if (target.distinctCapped || target.distinct < rows - target.missing) return;
  throw new LiftError(
    'target-invalid',
    phrase`The target column "${target.name}" has another value in every row: no class repeats, so nothing can be learnt.`,
    'Choose another target column, or the task "regression" if its values are numbers.',
  );
}

function isNumber(text: string): boolean {
  return parseNumber(text) !== undefined;
}
