import type { PredictionsViewState, RowQuery } from '../../src/shared/predictions-view';

/**
 * What outlives a reload of the window. The run and the table tell the host what to open again; the rest is how the user
 * had it.
 */
export interface SavedState {
  readonly table: string;
  readonly run: string | undefined;
  readonly predictions: string | undefined;
  readonly query: RowQuery;
  /** Row of the file that the inspector told about; −1 for none. */
  readonly row: number;
  readonly metricsOpen: boolean;
}

export function savedState(
  { table, run }: PredictionsViewState,
  rest: Pick<SavedState, 'query' | 'row' | 'metricsOpen'>,
): SavedState {
  return { table: table.path, run: run?.path, predictions: run?.predictions, ...rest };
}

/** Where a page begins: as it was left when it shows the same predictions, else with what the host proposes. */
export function firstView(
  saved: SavedState | undefined,
  { run, table, scopes, firstScope }: PredictionsViewState,
): Pick<SavedState, 'query' | 'row' | 'metricsOpen'> {
  const isSame = saved?.table === table.path && saved.run === run?.path;
  if (isSame && scopes.some(({ scope }) => scope === saved.query.scope)) return saved;
  return {
    query: { scope: firstScope, filter: 'all', search: '', sort: { by: 'row', descending: false } },
    row: -1,
    // In a narrow view the rows come first.
    metricsOpen: saved?.metricsOpen ?? window.matchMedia('(min-width: 700px) and (min-height: 600px)').matches,
  };
}
