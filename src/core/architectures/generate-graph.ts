import { integer, scalar } from '../graph/constants';
import { apply, input } from '../graph/nodes';
import { add } from '../graph/ops/add';
import { cast } from '../graph/ops/cast';
import { concat } from '../graph/ops/concat';
import { and, less, not, where } from '../graph/ops/logic';
import { matmul } from '../graph/ops/matmul';
import { rangeOver, sizeOf } from '../graph/ops/range';
import { reshape } from '../graph/ops/reshape';
import { softmax } from '../graph/ops/softmax';
import { transpose } from '../graph/ops/transpose';
import type { Tensor } from '../graph/tensor';
import type { ModelConfig } from '../model/config/model-config';
import { decoderOf } from './decoder-of';
import { headLogits } from './head';
import type { Parameters } from './parameters';
import { rotationOf } from './rotation';
import { hidden } from './visibility';

/**
 * The graph that generates text token by token, with the inputs and outputs of @huggingface/transformers: int64
 * `input_ids` and `position_ids` [batch, sequence], `attention_mask` [batch, past + sequence] (0 hides padding), float
 * `past_key_values.<layer>.key` and `.value` [batch, kvHeads, past, headDim] to `logits` [batch, sequence, vocabSize] and
 * `present.<layer>.key`, `.value` [batch, kvHeads, past + sequence, headDim].
 */
export function generateOutputs(parameters: Parameters): Record<string, Tensor> {
  const { config } = parameters;
  const decoder = decoderOf(parameters);
  const tokens = cast(input('input_ids', 'int64', ['batch', 'sequence']), 'int32');
  const mask = cast(input('attention_mask', 'int64', ['batch', 'total']), 'int32');
  const positions = cast(input('position_ids', 'int64', ['batch', 'sequence']), 'int32');
  const bias = cachedBias(mask, tokens);
  const present: Record<string, Tensor> = {};
  const context = {
    rotation: rotationOf(positions, config),
    wanted: (x: Tensor): Tensor => x,
    attend: (layer: number, queries: Tensor, keys: Tensor, values: Tensor): Tensor => {
      const key = (present[`present.${layer}.key`] = extended(`past_key_values.${layer}.key`, keys, config));
      const value = (present[`present.${layer}.value`] = extended(`past_key_values.${layer}.value`, values, config));
      return cachedAttention(queries, key, value, bias, config);
    },
  };
  let x = decoder.embed(tokens, positions);
  for (let layer = 0; layer < config.layers; layer++) x = decoder.layer(x, layer, context);
  return { logits: headLogits(x, decoder, parameters), ...present };
}

/** The cache with the new tokens' keys or values [batch, sequence, kvHeads·headDim] behind it. */
function extended(name: string, fresh: Tensor, { kvHeads, headDim }: ModelConfig): Tensor {
  const past = input(name, 'float32', ['batch', kvHeads, 'past', headDim]);
  const perHead = reshape(fresh, ['batch', 'sequence', kvHeads, headDim]);
  return concat([past, transpose(perHead, [0, 2, 1, 3])], 2, 'total');
}

/** 0 where a new token sees an earlier one or itself and it is not padding: [batch, 1, 1, sequence, total]. */
function cachedBias(mask: Tensor, tokens: Tensor): Tensor {
  const past = apply({ type: 'Sub', inputs: [sizeOf(mask, 1), sizeOf(tokens, 1)] }, [], 'int32');
  const query = reshape(add(rangeOver(tokens, 1), past), [1, 1, 1, 'sequence', 1]);
  const key = reshape(rangeOver(mask, 1), [1, 1, 1, 1, 'total']);
  const real = less(integer(0), reshape(mask, ['batch', 1, 1, 1, 'total']));
  return where(and(not(less(query, key)), real), scalar(0), scalar(hidden));
}

/** Attention of queries [batch, sequence, heads·headDim] to keys and values [batch, kvHeads, total, headDim]. */
function cachedAttention(queries: Tensor, keys: Tensor, values: Tensor, bias: Tensor, config: ModelConfig): Tensor {
  const { heads, kvHeads, headDim } = config;
  const q = transpose(reshape(queries, ['batch', 'sequence', kvHeads, heads / kvHeads, headDim]), [0, 2, 3, 1, 4]);
  const [k, v] = [keys, values].map((x) => reshape(x, ['batch', kvHeads, 1, 'total', headDim]));
  const scores = matmul(q, k!, { transposeB: true, alpha: 1 / Math.sqrt(headDim) });
  const mixed = matmul(softmax(add(scores, bias)), v!);
  return reshape(transpose(mixed, [0, 3, 1, 2, 4]), ['batch', 'sequence', heads * headDim]);
}
