import type { FeedTensor } from '../../graph/session';
import type { AskedArrays, TokenArrays } from './batch-arrays';
import type { Batch } from './packing';
import type { Parameters } from '../initial-parameters';

/** Inputs of a language-model graph by name. */
export type Feeds = Record<string, FeedTensor>;

/** The tokens of a batch as `input_ids`, `position_ids`, `visible_until` [B, T]. */
export function tokenFeeds({ rows, length, inputIds, positionIds, visibleUntil }: TokenArrays): Feeds {
  const dims = [rows, length];
  return {
    input_ids: { data: inputIds, dims },
    position_ids: { data: positionIds, dims },
    visible_until: { data: visibleUntil, dims },
  };
}

/** What is asked as `asked_columns` [B, A] and `positions`, `targets`, `weights` [N]. */
export function askedFeeds({ positions, targets, weights }: AskedArrays, batch: Batch): Feeds {
  const dims = [positions.length];
  return {
    ...positionFeeds(positions, batch),
    targets: { data: targets, dims },
    weights: { data: weights, dims },
  };
}

/**
 * Positions b·T + t of a batch as the columns t that are asked of each text, `asked_columns` [B, A], and each position's place
 * b·A + a among them, `positions` [N]. A column that is asked more than once stands there once.
 */
export function positionFeeds(positions: Int32Array, { rows, length }: Pick<Batch, 'rows' | 'length'>): Feeds {
  const placesOf = Array.from({ length: rows }, () => new Map<number, number>());
  for (const position of positions) {
    const places = placesOf[Math.floor(position / length)]!;
    const column = position % length;
    if (!places.has(column)) places.set(column, places.size);
  }
  const asked = Math.max(1, ...placesOf.map((places) => places.size));
  const columns = new Int32Array(rows * asked);
  placesOf.forEach((places, row) => {
    for (const [column, place] of places) columns[row * asked + place] = column;
  });
  const moved = positions.map((position) => {
    const row = Math.floor(position / length);
    return row * asked + placesOf[row]!.get(position % length)!;
  });
  return { asked_columns: { data: columns, dims: [rows, asked] }, positions: listFeed(moved) };
}

/** The parameters by their names: the arrays themselves, so that later changes are seen. */
export function parameterFeeds(parameters: Parameters): Feeds {
  return Object.fromEntries([...parameters].map(([name, { shape, data }]) => [name, { data, dims: shape }]));
}

/** A list of tokens, [K]. */
export function listFeed(tokens: Int32Array): FeedTensor {
  return { data: tokens, dims: [tokens.length] };
}
