import type { FeedTensor } from '../../../src/core/graph/session';

/** The values of a tensor of any type. */
export function numbers({ data }: FeedTensor): number[] {
  const values: ArrayLike<number | bigint> = data;
  return Array.from(values, Number);
}
