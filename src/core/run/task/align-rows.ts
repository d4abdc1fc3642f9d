import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { nearestName } from '../../foundation/nearest-name';
import type { Cell, Table } from '../../table/table';

/**
 * The rows of another table in the order of the columns that a run was trained with: found by name; what the run does not
 * know is left out, what it knows but does not need (the target, above all) may be missing.
 * Throws `column-missing` with every column that is needed and not there, and the nearest name of each.
 */
export function alignRows(table: Table, columns: readonly string[], needed: readonly string[]): Cell[][] {
  const places = new Map(table.columns.map(({ name, index }) => [name, index]));
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length > 0) throw missingColumns(table, missing);
  const order = columns.map((name) => places.get(name));
  return table.rows.map((cells) => order.map((place) => (place === undefined ? null : cells[place]!)));
}

function missingColumns(table: Table, missing: readonly string[]): LiftError {
  const names = table.columns.map(({ name }) => name);
  const free = names.filter((name) => !missing.includes(name));
  const suggestions = missing.flatMap((name) => {
    const near = nearestName(name, free);
    return near === undefined ? [] : [`"${near}" for "${name}"`];
  });
  const listed = missing.map((name) => `"${name}"`).join(', ');
  const hint =
    suggestions.length > 0
      ? phrase`Did you mean ${suggestions.join(', ')}? Rename the columns in the table.`
      : phrase`Its columns are ${[...names.slice(0, 20), ...(names.length > 20 ? ['…'] : [])].join(', ')}.`;
  return new LiftError(
    'column-missing',
    missing.length === 1
      ? phrase`${table.source.path} lacks the column ${listed}, which the run was trained with.`
      : phrase`${table.source.path} lacks the columns ${listed}, which the run was trained with.`,
    hint,
  );
}
