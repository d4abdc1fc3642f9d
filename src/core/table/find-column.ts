import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { nearestName } from '../foundation/nearest-name';
import type { Column, Table } from './table';

/** The column with this name. @throws LiftError `column-missing` with the name that was probably meant. */
export function findColumn(table: Pick<Table, 'columns' | 'source'>, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  const names = table.columns.map((column) => column.name);
  const nearest = nearestName(name, names);
  const listed =
    names.length > 12 ? phrase`${names.slice(0, 12).join(', ')}, … (${names.length - 12} more)` : names.join(', ');
  throw new LiftError(
    'column-missing',
    phrase`There is no column "${name}" in ${table.source.path}.`,
    nearest === undefined
      ? phrase`The columns are ${listed}.`
      : phrase`Did you mean "${nearest}"? The columns are ${listed}.`,
  );
}
