import type { FeedTensor } from '../../graph/session';
import type { AskedArrays, TokenArrays } from './batch-arrays';
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

/** What is asked as `positions`, `targets`, `weights` [N]. */
export function askedFeeds({ positions, targets, weights }: AskedArrays): Feeds {
  const dims = [positions.length];
  return {
    positions: { data: positions, dims },
    targets: { data: targets, dims },
    weights: { data: weights, dims },
  };
}

/** The parameters by their names: the arrays themselves, so that later changes are seen. */
export function parameterFeeds(parameters: Parameters): Feeds {
  return Object.fromEntries([...parameters].map(([name, { shape, data }]) => [name, { data, dims: shape }]));
}

/** A list of tokens, [K]. */
export function listFeed(tokens: Int32Array): FeedTensor {
  return { data: tokens, dims: [tokens.length] };
}
