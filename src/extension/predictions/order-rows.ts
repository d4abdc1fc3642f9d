import type { SortKey } from '../../shared/predictions-view';
import type { PredictionSet } from './prediction-set';

/** The key of each row for a sort by what was predicted; NaN for a row without a prediction. Not for `truth` or columns. */
export function predictionKeys(by: SortKey, rows: Int32Array, set: PredictionSet | undefined): Float64Array {
  if (by === 'row' || !set) return Float64Array.from(rows);
  const key = keyOf(by, set);
  return Float64Array.from(rows, (row) => {
    const place = set.placeOf(row);
    return place < 0 ? Number.NaN : key(place);
  });
}

function keyOf(by: SortKey, set: PredictionSet): (place: number) => number {
  const { confidences, lowers, uppers, parts, predictions } = set.columns;
  switch (by) {
    case 'confidence':
      return (place) => confidences[place]!;
    case 'interval':
      return (place) => uppers[place]! - lowers[place]!;
    case 'error':
      return (place) => Math.abs(set.error(place));
    case 'part':
      return (place) => parts[place]!;
    default: {
      const ranks = ranksOf(set);
      return (place) => ranks[predictions[place]!]!;
    }
  }
}

/** Numbers by size, classes in the order of the run. */
function ranksOf({ task, texts, classes }: PredictionSet): Float64Array {
  if (task === 'regression')
    return Float64Array.from(texts.values, (text) => (text === '' ? Number.NaN : Number(text)));
  const places = new Map(classes.map((label, place) => [label, place]));
  return Float64Array.from(texts.values, (text) => places.get(text) ?? classes.length);
}
