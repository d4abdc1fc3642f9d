/** The `model_type` values of Hugging Face `config.json` files that LIFT can train. */
export const supportedModelTypes = ['gpt2', 'gpt_neox', 'gptj', 'llama', 'mistral', 'qwen2', 'qwen3'] as const;

export type ModelType = (typeof supportedModelTypes)[number];

/** Activations by their Hugging Face names: `gelu` is exact (erf), `gelu_new` the tanh approximation. */
export type Activation = 'gelu' | 'gelu_new' | 'silu' | 'relu';

/** How rotary frequencies are changed for long contexts (`rope_scaling`/`rope_parameters` of transformers). */
export type RopeScaling =
  | { readonly kind: 'none' }
  | { readonly kind: 'linear'; readonly factor: number }
  | {
      readonly kind: 'llama3';
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly originalContext: number;
    };

/** Rotary position embedding (Su et al., 2021, arXiv:2104.09864). */
export interface RopeConfig {
  readonly theta: number;
  /** How many of the `headDim` values are rotated: the first ones; even. */
  readonly dimensions: number;
  /** `halves`: value i turns with i + dimensions/2 (NeoX, Llama); `interleaved`: 2i with 2i + 1 (GPT-J). */
  readonly pairing: 'halves' | 'interleaved';
  readonly scaling: RopeScaling;
}

/** What the graph of a decoder needs to know, read from `config.json` and the same for every architecture. */
export interface ModelConfig {
  readonly modelType: ModelType;
  /** The whole `config.json`. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly hiddenSize: number;
  /** Width of the feed-forward layer. */
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Key/value heads: fewer than `heads` under grouped-query attention, else the same. */
  readonly kvHeads: number;
  readonly headDim: number;
  /** Rows of the embedding: at least the tokens of the tokenizer. */
  readonly vocabSize: number;
  /** The most tokens one text may have, shortened to the sliding window where a model has one. */
  readonly contextLength: number;
  /** The head is the embedding itself: there is no `lm_head.weight` of its own. */
  readonly tiedHead: boolean;
  readonly normEpsilon: number;
  readonly activation: Activation;
  /** Undefined for learned positions (GPT-2). */
  readonly rope: RopeConfig | undefined;
  /** Attention and feed-forward both read the layer's input (GPT-J, most GPT-NeoX). */
  readonly parallelResidual: boolean;
  /** Bias of the query, key and value projections. */
  readonly queryKeyValueBias: boolean;
  /** Bias of the attention's output projection. */
  readonly outputBias: boolean;
  /** Bias of the feed-forward layers. */
  readonly feedForwardBias: boolean;
  /** Bias of the head (GPT-J). */
  readonly headBias: boolean;
  /** RMS norm of queries and keys per head before the rotation (Qwen3). */
  readonly queryKeyNorm: boolean;
  /** Scalars in all tensors of the architecture; a tied head counts once. */
  readonly parameterCount: number;
  readonly bosToken: number | undefined;
  readonly eosTokens: readonly number[];
}

/** A configuration before its parameters are counted: all that decides which tensors there are. */
export type ArchitectureConfig = Omit<ModelConfig, 'parameterCount'>;
