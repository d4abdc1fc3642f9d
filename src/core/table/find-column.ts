import { LiftError } from '../foundation/lift-error';
import { nearestName } from '../foundation/nearest-name';
import type { Column, Table } from './table';

/** The column with this name. @throws LiftError `column-missing` with the name that was probably meant. */
export function findColumn(table: Pick<Table, 'columns' | 'source'>, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  const names = table.columns.map((column) => column.name);
  const nearest = nearestName(name, names);
  const listed = names.length > 12 ? [...names.slice(0, 12), `… (${names.length - 12} more)`] : names;
  const hint = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
  throw new LiftError(
    'column-missing',
    `There is no column "${name}" in ${table.source.path}.`,
    `${hint}The columns are ${listed.join(', ')}.`,
  );
}
