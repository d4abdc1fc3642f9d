import { add } from '../graph/ops/add';
import { attention } from '../graph/ops/attention';
import { gatherRows } from '../graph/ops/gather';
import { quotient, remainder } from '../graph/ops/integer-division';
import { multiply } from '../graph/ops/multiply';
import { rangeOver, sizeOf } from '../graph/ops/range';
import { flattenRows, reshape } from '../graph/ops/reshape';
import { cutRows, evenBlocks, joinRows, rowsUpTo } from '../graph/ops/row-blocks';
import { transpose } from '../graph/ops/transpose';
import type { Tensor } from '../graph/tensor';
import type { ModelConfig } from '../model/config/model-config';
import type { Context } from './decoder';

/** More would save little, and each has operators of its own to start. */
const causalBlocks = 4;

/** Attention of tokens to those of their own text, over projections [time, batch, heads·headDim]; `bias` is of the same queries. */
export function selfAttention(config: ModelConfig, bias: Tensor): Context['attend'] {
  const { heads, kvHeads, headDim } = config;
  return (_, queries, keys, values) => {
    const q = reshape(queries, [queries.shape[0]!, queries.shape[1]!, kvHeads, heads / kvHeads, headDim]);
    const [k, v] = [keys, values].map((x) => reshape(x, [x.shape[0]!, x.shape[1]!, kvHeads, headDim]));
    return reshape(attention(q, k!, v!, bias, 1 / Math.sqrt(headDim)), queries.shape);
  };
}

/**
 * The same for all tokens, a block of queries at a time: it meets only the keys up to its own end, as what comes later is
 * hidden from it. With n blocks (n + 1) / 2n of the products are left. `bias` is [batch, 1, time, time].
 */
export function causalAttention(config: ModelConfig, bias: Tensor): Context['attend'] {
  const rows = evenBlocks(bias, 2, causalBlocks);
  const attends = cutRows(bias, rows, 2).map((part, index) =>
    selfAttention(config, rowsUpTo(rows.blocks[index]!, part, 3)),
  );
  return (layer, queries, keys, values) => {
    const parts = cutRows(queries, rows).map((part, index) => {
      const [seen, read] = [keys, values].map((x) => rowsUpTo(rows.blocks[index]!, x));
      return attends[index]!(layer, part, seen!, read!);
    });
    return joinRows(parts, rows);
  };
}

/** The row in [time·batch] of a token that is given as b·T + t: t·B + b. `hidden` is [time, batch, width]. */
export function timeFirstIndex(positions: Tensor, hidden: Tensor): Tensor {
  const [time, batch] = [sizeOf(hidden, 0), sizeOf(hidden, 1)];
  return add(multiply(remainder(positions, time), batch), quotient(positions, time));
}

/** Of x [time, batch, width] the tokens in `columns` [batch, asked] of their texts: [asked, batch, width]. */
export function tokensAt(columns: Tensor, x: Tensor): Tensor {
  const rows = add(multiply(transpose(columns, [1, 0]), sizeOf(columns, 0)), rangeOver(columns, 0));
  return gatherRows(flattenRows(x), rows);
}
