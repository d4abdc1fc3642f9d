import type { RowFilter, RowQuery, RowScope } from '../../shared/predictions-view';
import { splitParts } from './prediction-set';
import type { PredictionSet } from './prediction-set';

/** Row numbers of a selection, rising; undefined stands for every row of the file. */
export type SelectedRows = Int32Array | undefined;

/** What selecting knows of a run. */
export interface SelectionSource {
  readonly set: PredictionSet | undefined;
  /** Training rows, rising: the run knows them though it does not predict them. */
  readonly trainingRows: Int32Array;
}

/** Below this the model is unsure of a class. */
export const unsureBelow = 0.75;

/** The rows of a scope, without a filter. */
export function rowsOfScope(scope: RowScope, { set, trainingRows }: SelectionSource): SelectedRows {
  if (scope === 'all') return undefined;
  if (scope === 'train' && trainingRows.length > 0) return trainingRows;
  const rows = set?.columns.rows ?? new Int32Array(0);
  if (!set || scope === 'predicted') return rows;
  const part = splitParts.indexOf(scope);
  return rows.filter((_, place) => set.columns.parts[place] === part);
}

/** The rows of a scope that pass the filter and the pair; a filter other than `all` leaves only rows with a prediction. */
export function selectRows(query: Pick<RowQuery, 'scope' | 'filter' | 'pair'>, source: SelectionSource): SelectedRows {
  const { scope, filter, pair } = query;
  const rows = rowsOfScope(scope, source);
  if (filter === 'all' && !pair) return rows;
  const { set } = source;
  if (!set) return new Int32Array(0);
  const passes = filterOf(filter, set, placesOf(rows, set));
  return (rows ?? set.columns.rows).filter((row) => {
    const place = set.placeOf(row);
    return place >= 0 && passes(place) && (!pair || set.isPair(place, pair));
  });
}

/** How many rows of a scope each filter leaves. */
export function countRows(scope: RowScope, source: SelectionSource, rowsOfFile: number): Record<RowFilter, number> {
  const rows = rowsOfScope(scope, source);
  const { set } = source;
  const all = rows?.length ?? rowsOfFile;
  if (!set) return { all, wrong: 0, unsure: 0, fallback: 0 };
  const places = placesOf(rows, set);
  const count = (filter: RowFilter): number => places.filter(filterOf(filter, set, places)).length;
  return { all, wrong: count('wrong'), unsure: count('unsure'), fallback: count('fallback') };
}

/** The places of those rows that have a prediction. */
function placesOf(rows: SelectedRows, set: PredictionSet): Int32Array {
  if (rows === undefined) return Int32Array.from({ length: set.size }, (_, place) => place);
  return rows.map((row) => set.placeOf(row)).filter((place) => place >= 0);
}

function filterOf(filter: RowFilter, set: PredictionSet, among: Int32Array): (place: number) => boolean {
  switch (filter) {
    case 'all':
      return () => true;
    case 'wrong':
      return (place) => set.verdict(place) === 'wrong';
    case 'fallback':
      return (place) => set.fallback(place) !== '';
    case 'unsure':
      return set.task === 'classification'
        ? (place) => set.columns.confidences[place]! < unsureBelow
        : widerThanMost(set, among);
  }
}

/** Of numbers, those with the widest quarter of the intervals; none when all intervals are equally wide. */
function widerThanMost({ columns }: PredictionSet, among: Int32Array): (place: number) => boolean {
  const width = (place: number): number => columns.uppers[place]! - columns.lowers[place]!;
  const widths = Float64Array.from(among, width)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const bound = widths[Math.floor(0.75 * (widths.length - 1))] ?? Infinity;
  // A hair more, so that rounding does not tell equal widths apart.
  return (place) => width(place) > bound * (1 + 1e-6);
}
