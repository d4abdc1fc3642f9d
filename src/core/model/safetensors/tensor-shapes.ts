import type { ArchitectureConfig, ModelConfig } from '../config/model-config';

/** A matrix of a layer that an adapter may change. */
export interface LinearLayer {
  /** The module's name without `.weight`: `model.layers.0.self_attn.q_proj`. */
  readonly name: string;
  readonly layer: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
  /** The weight is stored [inputs, outputs] (the `Conv1D` of GPT-2) rather than [outputs, inputs]. */
  readonly transposed: boolean;
}

/** Before every name but the head's, by architecture, as in the causal language model classes of transformers. */
export const bodyPrefixes = {
  gpt2: 'transformer.',
  gptj: 'transformer.',
  gpt_neox: 'gpt_neox.',
  llama: 'model.',
  mistral: 'model.',
  qwen2: 'model.',
  qwen3: 'model.',
} as const satisfies Record<ModelConfig['modelType'], string>;

export function countElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Every linear layer of the decoder, first layer first: those that PEFT's `all-linear` adapts (not the head). */
export function linearLayers(config: ArchitectureConfig): LinearLayer[] {
  return Array.from({ length: config.layers }, (_, layer) => layerLinears(config, layer)).flat();
}

/** The name and shape of every tensor that the architecture has; a tied head has none of its own. */
export function architectureTensors(config: ArchitectureConfig): Map<string, readonly number[]> {
  const { hiddenSize, vocabSize, modelType } = config;
  const prefix = bodyPrefixes[modelType];
  const tensors = new Map<string, readonly number[]>();
  const norm = (name: string, size = hiddenSize): void => {
    tensors.set(`${name}.weight`, [size]);
    if (hasLayerNorm(config)) tensors.set(`${name}.bias`, [size]);
  };
  tensors.set(`${prefix}${embeddingNames[modelType]}.weight`, [vocabSize, hiddenSize]);
  if (modelType === 'gpt2') tensors.set('transformer.wpe.weight', [config.contextLength, hiddenSize]);
  for (let layer = 0; layer < config.layers; layer++) {
    for (const name of layerNorms[modelType]) norm(`${layerPrefix(config, layer)}${name}`);
    if (config.queryKeyNorm) {
      norm(`${layerPrefix(config, layer)}self_attn.q_norm`, config.headDim);
      norm(`${layerPrefix(config, layer)}self_attn.k_norm`, config.headDim);
    }
    for (const linear of layerLinears(config, layer)) {
      const { name, inputs, outputs } = linear;
      tensors.set(`${name}.weight`, linear.transposed ? [inputs, outputs] : [outputs, inputs]);
      if (linear.bias) tensors.set(`${name}.bias`, [outputs]);
    }
  }
  norm(`${prefix}${finalNorms[modelType]}`);
  const head = modelType === 'gpt_neox' ? 'embed_out' : 'lm_head';
  if (!config.tiedHead) tensors.set(`${head}.weight`, [vocabSize, hiddenSize]);
  if (config.headBias) tensors.set(`${head}.bias`, [vocabSize]);
  return tensors;
}

const llamaNorms = ['input_layernorm', 'post_attention_layernorm'];
const layerNorms: Record<ModelConfig['modelType'], readonly string[]> = {
  gpt2: ['ln_1', 'ln_2'],
  gptj: ['ln_1'],
  gpt_neox: llamaNorms,
  llama: llamaNorms,
  mistral: llamaNorms,
  qwen2: llamaNorms,
  qwen3: llamaNorms,
};
const embeddingNames: Record<ModelConfig['modelType'], string> = {
  gpt2: 'wte',
  gptj: 'wte',
  gpt_neox: 'embed_in',
  llama: 'embed_tokens',
  mistral: 'embed_tokens',
  qwen2: 'embed_tokens',
  qwen3: 'embed_tokens',
};
const finalNorms: Record<ModelConfig['modelType'], string> = {
  gpt2: 'ln_f',
  gptj: 'ln_f',
  gpt_neox: 'final_layer_norm',
  llama: 'norm',
  mistral: 'norm',
  qwen2: 'norm',
  qwen3: 'norm',
};

/** LayerNorm has a bias, RMSNorm none. */
function hasLayerNorm({ modelType }: ArchitectureConfig): boolean {
  return modelType === 'gpt2' || modelType === 'gptj' || modelType === 'gpt_neox';
}

function layerPrefix({ modelType }: ArchitectureConfig, layer: number): string {
  const list = modelType === 'gpt2' || modelType === 'gptj' ? 'h' : 'layers';
  return `${bodyPrefixes[modelType]}${list}.${layer}.`;
}

function layerLinears(config: ArchitectureConfig, layer: number): LinearLayer[] {
  const { hiddenSize, intermediateSize, feedForwardBias, outputBias, queryKeyValueBias } = config;
  const transposed = config.modelType === 'gpt2';
  const linear = (name: string, inputs: number, outputs: number, bias: boolean): LinearLayer => {
    return { name: `${layerPrefix(config, layer)}${name}`, layer, inputs, outputs, bias, transposed };
  };
  const queries = config.heads * config.headDim;
  const keys = config.kvHeads * config.headDim;
  const projections = (part: string): LinearLayer[] => [
    linear(`${part}.q_proj`, hiddenSize, queries, queryKeyValueBias),
    linear(`${part}.k_proj`, hiddenSize, keys, queryKeyValueBias),
    linear(`${part}.v_proj`, hiddenSize, keys, queryKeyValueBias),
  ];
  switch (config.modelType) {
    case 'gpt2':
      return [
        linear('attn.c_attn', hiddenSize, 3 * hiddenSize, queryKeyValueBias),
        linear('attn.c_proj', hiddenSize, hiddenSize, outputBias),
        linear('mlp.c_fc', hiddenSize, intermediateSize, feedForwardBias),
        linear('mlp.c_proj', intermediateSize, hiddenSize, feedForwardBias),
      ];
    case 'gptj':
      return [
        ...projections('attn'),
        linear('attn.out_proj', queries, hiddenSize, outputBias),
        linear('mlp.fc_in', hiddenSize, intermediateSize, feedForwardBias),
        linear('mlp.fc_out', intermediateSize, hiddenSize, feedForwardBias),
      ];
    case 'gpt_neox':
      return [
        linear('attention.query_key_value', hiddenSize, 3 * hiddenSize, queryKeyValueBias),
        linear('attention.dense', hiddenSize, hiddenSize, outputBias),
        linear('mlp.dense_h_to_4h', hiddenSize, intermediateSize, feedForwardBias),
        linear('mlp.dense_4h_to_h', intermediateSize, hiddenSize, feedForwardBias),
      ];
    case 'llama':
    case 'mistral':
    case 'qwen2':
    case 'qwen3':
      return [
        ...projections('self_attn'),
        linear('self_attn.o_proj', queries, hiddenSize, outputBias),
        linear('mlp.gate_proj', hiddenSize, intermediateSize, feedForwardBias),
        linear('mlp.up_proj', hiddenSize, intermediateSize, feedForwardBias),
        linear('mlp.down_proj', intermediateSize, hiddenSize, feedForwardBias),
      ];
  }
}
