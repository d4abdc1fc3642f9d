import type { ConfigFields } from './config-fields';
import type { Activation, ArchitectureConfig } from './model-config';
import { readRope } from './rope';

/** GPT-2 and distilgpt2: learned positions, LayerNorm, Conv1D layers with weights stored [in, out]. */
export function readGpt2(fields: ConfigFields): ArchitectureConfig {
  if (fields.flag('scale_attn_by_inverse_layer_idx', false)) {
    throw fields.unsupported('"scale_attn_by_inverse_layer_idx": true');
  }
  if (!fields.flag('scale_attn_weights', true)) throw fields.unsupported('"scale_attn_weights": false');
  if (fields.flag('add_cross_attention', false)) throw fields.unsupported('"add_cross_attention": true');
  return {
    ...readGptSizes(fields, 1024),
    modelType: 'gpt2',
    tiedHead: fields.flag('tie_word_embeddings', true),
    rope: undefined,
    parallelResidual: false,
    queryKeyValueBias: true,
    outputBias: true,
    headBias: false,
  };
}

/** GPT-J: rotary on the first `rotary_dim` values of a head, parallel residual, one norm a layer, a head with bias. */
export function readGptJ(fields: ConfigFields): ArchitectureConfig {
  const sizes = readGptSizes(fields, 2048);
  const dimensions = fields.count('rotary_dim', 64);
  if (dimensions > sizes.headDim || dimensions % 2 !== 0) {
    throw fields.invalid('rotary_dim', `an even number of at most ${sizes.headDim} (the values of a head)`);
  }
  if (fields.flag('tie_word_embeddings', false)) throw fields.unsupported('"tie_word_embeddings": true for GPT-J');
  return {
    ...sizes,
    modelType: 'gptj',
    tiedHead: false,
    rope: { theta: 10_000, dimensions, pairing: 'interleaved', scaling: { kind: 'none' } },
    parallelResidual: true,
    queryKeyValueBias: false,
    outputBias: false,
    headBias: true,
  };
}

/** GPT-NeoX (Pythia): rotary on a part of the head, query, key and value in one layer, parallel residual by default. */
export function readGptNeoX(fields: ConfigFields): ArchitectureConfig {
  const hiddenSize = fields.count('hidden_size');
  const heads = fields.count('num_attention_heads');
  const headDim = dividedHead(fields, 'hidden_size', hiddenSize, heads);
  const contextLength = fields.count('max_position_embeddings', 2048);
  const bias = fields.flag('attention_bias', true);
  return {
    modelType: 'gpt_neox',
    raw: fields.raw,
    hiddenSize,
    intermediateSize: fields.count('intermediate_size', 4 * hiddenSize),
    layers: fields.count('num_hidden_layers'),
    heads,
    kvHeads: heads,
    headDim,
    vocabSize: fields.count('vocab_size'),
    contextLength,
    tiedHead: fields.flag('tie_word_embeddings', false),
    normEpsilon: fields.positive('layer_norm_eps', 1e-5),
    activation: readActivation(fields, 'hidden_act', 'gelu'),
    rope: readRope(fields, headDim, contextLength),
    parallelResidual: fields.flag('use_parallel_residual', true),
    queryKeyValueBias: bias,
    outputBias: bias,
    feedForwardBias: true,
    headBias: false,
    queryKeyNorm: false,
    bosToken: fields.tokens('bos_token_id')[0],
    eosTokens: fields.tokens('eos_token_id'),
  };
}

/** What GPT-2 and GPT-J name alike. */
function readGptSizes(
  fields: ConfigFields,
  defaultContext: number,
): Omit<
  ArchitectureConfig,
  'modelType' | 'tiedHead' | 'rope' | 'parallelResidual' | 'queryKeyValueBias' | 'outputBias' | 'headBias'
> {
  const hiddenSize = fields.count('n_embd');
  const heads = fields.count('n_head');
  return {
    raw: fields.raw,
    hiddenSize,
    intermediateSize: fields.count('n_inner', 4 * hiddenSize),
    layers: fields.count('n_layer'),
    heads,
    kvHeads: heads,
    headDim: dividedHead(fields, 'n_embd', hiddenSize, heads),
    vocabSize: fields.count('vocab_size'),
    contextLength: fields.count('n_positions', defaultContext),
    normEpsilon: fields.positive('layer_norm_epsilon', 1e-5),
    activation: readActivation(fields, 'activation_function', 'gelu_new'),
    feedForwardBias: true,
    queryKeyNorm: false,
    bosToken: fields.tokens('bos_token_id')[0],
    eosTokens: fields.tokens('eos_token_id'),
  };
}

/** The size of a head where it is the hidden size divided by the heads. */
export function dividedHead(fields: ConfigFields, name: string, hiddenSize: number, heads: number): number {
  if (hiddenSize % heads === 0) return hiddenSize / heads;
  throw fields.invalid(name, `divisible by the ${heads} attention heads`);
}

export function readActivation(fields: ConfigFields, name: string, fallback: Activation): Activation {
  const activation = fields.text(name, fallback);
  switch (activation) {
    case 'gelu':
    case 'gelu_new':
    case 'relu':
    case 'silu':
      return activation;
    case 'gelu_fast':
    case 'gelu_pytorch_tanh':
      return 'gelu_new';
    case 'swish':
      return 'silu';
    default:
      throw fields.unsupported(`the activation "${activation}" (supported: gelu, gelu_new, relu, silu)`);
  }
}
