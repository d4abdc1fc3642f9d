import type { ConfigFields } from './config-fields';
import { dividedHead, readActivation } from './gpt-config';
import type { ArchitectureConfig } from './model-config';
import { readRope } from './rope';

export type LlamaFamily = 'llama' | 'mistral' | 'qwen2' | 'qwen3';

/** Llama and its relatives: RMSNorm, gated feed-forward, rotary positions, grouped-query attention. */
export function readLlamaFamily(fields: ConfigFields, modelType: LlamaFamily): ArchitectureConfig {
  const hiddenSize = fields.count('hidden_size');
  const heads = fields.count('num_attention_heads');
  const headDim = readHeadDim(fields, modelType, hiddenSize, heads);
  const kvHeads = fields.count('num_key_value_heads', modelType === 'mistral' ? Math.min(8, heads) : heads);
  if (heads % kvHeads !== 0) throw fields.invalid('num_key_value_heads', `a divisor of the ${heads} attention heads`);
  const positions = fields.count('max_position_embeddings', modelType === 'llama' ? 2048 : 32_768);
  // `attention_bias` gives all four projections a bias; Qwen2 always has it on three and Mistral never.
  const attentionBias = modelType === 'llama' || modelType === 'qwen3' ? fields.flag('attention_bias', false) : false;
  return {
    modelType,
    raw: fields.raw,
    hiddenSize,
    intermediateSize: fields.count('intermediate_size'),
    layers: fields.count('num_hidden_layers'),
    heads,
    kvHeads,
    headDim,
    vocabSize: fields.count('vocab_size'),
    contextLength: Math.min(positions, slidingWindow(fields, modelType) ?? positions),
    tiedHead: fields.flag('tie_word_embeddings', false),
    normEpsilon: fields.positive('rms_norm_eps', 1e-6),
    activation: readActivation(fields, 'hidden_act', 'silu'),
    rope: readRope(fields, headDim, positions),
    parallelResidual: false,
    queryKeyValueBias: modelType === 'qwen2' || attentionBias,
    outputBias: attentionBias,
    feedForwardBias: modelType === 'llama' && fields.flag('mlp_bias', false),
    headBias: false,
    queryKeyNorm: modelType === 'qwen3',
    bosToken: fields.tokens('bos_token_id')[0],
    eosTokens: fields.tokens('eos_token_id'),
  };
}

function readHeadDim(fields: ConfigFields, modelType: LlamaFamily, hiddenSize: number, heads: number): number {
  if (fields.has('head_dim')) return fields.count('head_dim');
  return modelType === 'qwen3' ? 128 : dividedHead(fields, 'hidden_size', hiddenSize, heads);
}

/** Within the window a sliding window changes nothing, so it only shortens the context. */
function slidingWindow(fields: ConfigFields, modelType: LlamaFamily): number | undefined {
  switch (modelType) {
    case 'llama':
      return undefined;
    case 'mistral':
      // An absent field means transformers' default; an explicit null means none.
      return fields.raw.sliding_window === null ? undefined : fields.count('sliding_window', 4096);
    case 'qwen2':
    case 'qwen3':
      return fields.flag('use_sliding_window', false) && fields.has('sliding_window')
        ? fields.count('sliding_window')
        : undefined;
  }
}
