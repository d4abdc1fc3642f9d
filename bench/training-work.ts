import type { LoraSpec } from '../src/core/architectures/lm-graph-spec';
import type { FeedTensor } from '../src/core/graph/session';
import { Random } from '../src/core/foundation/random';
import type { ModelConfig } from '../src/core/model/config/model-config';
import { positionFeeds } from '../src/core/training/batches/feeds';
import { linearLayers } from '../src/core/model/safetensors/tensor-shapes';

/** One training batch: texts of equal length with the loss on their last tokens. */
export interface BatchShape {
  readonly texts: number;
  readonly tokens: number;
  readonly asked: number;
}

export function batchFeeds({ texts, tokens, asked }: BatchShape, vocabulary: number): Record<string, FeedTensor> {
  const random = new Random(2);
  const ids = Int32Array.from({ length: texts * tokens }, () => random.below(vocabulary));
  const positions = Array.from({ length: texts * asked }, (_, index) => {
    return Math.floor(index / asked) * tokens + tokens - asked - 1 + (index % asked);
  });
  const dims = [texts, tokens];
  return {
    input_ids: { data: ids, dims },
    position_ids: { data: ids.map((_, at) => at % tokens), dims },
    visible_until: { data: new Int32Array(ids.length).fill(tokens), dims },
    ...positionFeeds(Int32Array.from(positions), { rows: texts, length: tokens }),
    targets: { data: Int32Array.from(positions, (at) => ids[at + 1]!), dims: [positions.length] },
    weights: { data: new Float32Array(positions.length).fill(1 / positions.length), dims: [positions.length] },
  };
}

/**
 * Floating-point operations of the matrix products of one LoRA step on all layers: the frozen weights forward and for
 * the gradient of their input (not below the first layer), the adapters also for their own gradient, attention, the head
 * at the asked tokens, to which the top layer narrows as soon as keys and values are known. Nothing else is counted.
 */
export function stepFlops(config: ModelConfig, { texts, tokens, asked }: BatchShape, lora: LoraSpec): number {
  const top = config.layers - 1;
  const linear = linearLayers(config).map(({ layer, inputs, outputs, name }) => {
    const projects = /(c_attn|[qkv]_proj|query_key_value)$/.test(name);
    const rows = texts * (layer === top && !projects ? asked : tokens);
    const frozen = inputs * outputs * (layer === 0 && projects ? 1 : 2);
    return rows * 2 * (frozen + 3 * lora.rank * (inputs + outputs));
  });
  const products = 6;
  const queries = top * tokens + asked;
  const attention = queries * products * 2 * texts * config.heads * tokens * config.headDim;
  const head = 2 * 2 * texts * asked * config.vocabSize * config.hiddenSize;
  return linear.reduce((sum, flops) => sum + flops, 0) + attention + head;
}
