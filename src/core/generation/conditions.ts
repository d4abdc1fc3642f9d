import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { nearestName } from '../foundation/nearest-name';
import type { Cell } from '../table/table';
import type { GeneratedColumn } from './generated-column';

/** Of the texts that mean a value, the one in their middle stands for it. */
const middle = 0.5;

/** A column whose value is given. */
export interface Condition {
  /** Among the generator's columns. */
  readonly place: number;
  readonly text: number;
  readonly cell: Cell;
}

/**
 * Reads a condition such as `species=setosa` as far as its column.
 * @param names of the columns that are made
 * @throws LiftError `usage` for what is no condition, or a column that is not made
 */
export function readCondition(text: string, names: readonly string[]): { readonly place: number; readonly cell: Cell } {
  const equals = text.indexOf('=');
  if (equals < 1) throw new LiftError('usage', phrase`"${text}" is no condition.`, 'Write it as column=value.');
  const [name, value] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  const place = names.indexOf(name);
  if (place < 0) throw unknownColumn(name, names);
  return { place, cell: value === '' ? null : value };
}

/**
 * Reads conditions such as `species=setosa`.
 * @throws LiftError `usage` for what is no condition, a column that is not made, or a value that no training row comes near
 */
export function readConditions(texts: readonly string[], columns: readonly GeneratedColumn[]): Condition[] {
  const names = columns.map(({ name }) => name);
  const conditions = texts.map((text): Condition => {
    const { place, cell } = readCondition(text, names);
    const found = columns[place]!.textOf(cell, middle);
    if (found === undefined) throw unknownValue(columns[place]!, cell ?? '');
    return { place, text: found, cell };
  });
  const twice = conditions.find(({ place }, index) => conditions.findIndex((other) => other.place === place) < index);
  if (twice) throw new LiftError('usage', phrase`"${names[twice.place]!}" is given twice.`, 'Give each column once.');
  if (conditions.length === columns.length) {
    throw new LiftError('usage', 'Every column is given: there is nothing to make.', 'Give fewer conditions.');
  }
  return conditions;
}

function unknownColumn(name: string, names: readonly string[]): LiftError {
  const near = nearestName(name, names);
  const hint =
    near === undefined ? phrase`There are ${names.slice(0, 20).join(', ')}.` : phrase`Did you mean "${near}"?`;
  return new LiftError('usage', phrase`The rows have no column "${name}".`, hint);
}

function unknownValue({ name, kind, texts, cellOf }: GeneratedColumn, value: string): LiftError {
  if (kind === 'number') {
    const [low, high] = [cellOf(0, 0), cellOf(999, 1)];
    return new LiftError(
      'usage',
      phrase`"${value}" is not between ${low ?? ''} and ${high ?? ''}, the least and the greatest "${name}" of the training rows.`,
      'The model has seen no row like that: give a value between them.',
    );
  }
  const near = nearestName(value, texts);
  const hint =
    near === undefined ? phrase`There are ${texts.slice(0, 20).join(', ')}.` : phrase`Did you mean "${near}"?`;
  return new LiftError('usage', phrase`No training row has "${value}" in "${name}".`, hint);
}
