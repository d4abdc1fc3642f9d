import type { PredictionsViewState, RowScope } from '../../shared/predictions-view';
import type { JoinedRows } from './joined-rows';
import { rowsOfScope } from './select-rows';

const scopes: readonly RowScope[] = ['all', 'predicted', 'test', 'new', 'validation', 'train', 'unlabelled'];

/**
 * The scopes worth offering, and where a view begins: with the whole table, or with the rows by which the run is judged.
 * "Predicted" is left out where it is the same as another scope.
 */
export function viewScopes(
  rows: JoinedRows,
  beginsWithAll: boolean,
): Pick<PredictionsViewState, 'scopes' | 'firstScope'> {
  const { reader, run, selection } = rows;
  const found = scopes
    .map((scope) => ({ scope, rows: rowsOfScope(scope, selection)?.length ?? rows.rowCount }))
    .filter(({ scope, rows: count }) => (scope === 'all' ? reader !== undefined : count > 0));
  const repeated = found.some(
    ({ scope, rows: count }) =>
      scope !== 'predicted' && count === found.find((other) => other.scope === 'predicted')?.rows,
  );
  const offered = repeated ? found.filter(({ scope }) => scope !== 'predicted') : found;
  const wanted: readonly (RowScope | undefined)[] = beginsWithAll ? ['all'] : [run?.metrics?.part, 'predicted'];
  const firstScope = wanted.find((scope) => offered.some((offer) => offer.scope === scope));
  return { scopes: offered, firstScope: firstScope ?? offered[0]?.scope ?? 'all' };
}
