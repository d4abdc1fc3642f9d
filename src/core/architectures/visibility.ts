import { scalar } from '../graph/constants';
import { and, less, not, where } from '../graph/ops/logic';
import { rangeOver } from '../graph/ops/range';
import { reshape } from '../graph/ops/reshape';
import type { Tensor } from '../graph/tensor';

/** Finite, so that a row that sees nothing (padding) gives numbers, which nobody reads, and not NaN. */
export const hidden = -1e30;

/**
 * What is added to attention scores [batch, heads, queries, time]: 0 where the query at i sees the key at j, which
 * is where j ≤ i < visibleUntil[j], else a large negative number. `visibleUntil` is [batch, time]. Plain causal text has
 * visibleUntil = time everywhere; a tree of continuations in depth-first order, and several texts packed into one row,
 * end each token's visibility where its branch or text ends. The queries are all tokens, or those of `columns` [batch, asked].
 * Returns [batch, 1, queries, time].
 */
export function attentionBias(visibleUntil: Tensor, columns?: Tensor): Tensor {
  const [batch, time] = visibleUntil.shape;
  const steps = rangeOver(visibleUntil, 1);
  const query = columns ? reshape(columns, [batch!, 1, columns.shape[1]!, 1]) : reshape(steps, [1, 1, time!, 1]);
  const key = reshape(steps, [1, 1, 1, time!]);
  const open = less(query, reshape(visibleUntil, [batch!, 1, 1, time!]));
  return where(and(not(less(query, key)), open), scalar(0), scalar(hidden));
}
