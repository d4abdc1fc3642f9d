import { add } from '../graph/ops/add';
import { attention } from '../graph/ops/attention';
import { quotient, remainder } from '../graph/ops/integer-division';
import { multiply } from '../graph/ops/multiply';
import { sizeOf } from '../graph/ops/range';
import { reshape } from '../graph/ops/reshape';
import type { Tensor } from '../graph/tensor';
import type { ModelConfig } from '../model/config/model-config';
import type { Context } from './decoder';

/** Attention of every token to those of its own text, over projections [time, batch, heads·headDim]. */
export function selfAttention(config: ModelConfig, bias: Tensor): Context['attend'] {
  const { heads, kvHeads, headDim } = config;
  return (_, queries, keys, values) => {
    const [time, batch] = queries.shape;
    const q = reshape(queries, [time!, batch!, kvHeads, heads / kvHeads, headDim]);
    const [k, v] = [keys, values].map((x) => reshape(x, [time!, batch!, kvHeads, headDim]));
    return reshape(attention(q, k!, v!, bias, 1 / Math.sqrt(headDim)), queries.shape);
  };
}

/** The row in [time·batch] of a token that is given as b·T + t: t·B + b. `hidden` is [time, batch, width]. */
export function timeFirstIndex(positions: Tensor, hidden: Tensor): Tensor {
  const [time, batch] = [sizeOf(hidden, 0), sizeOf(hidden, 1)];
  return add(multiply(remainder(positions, time), batch), quotient(positions, time));
}
