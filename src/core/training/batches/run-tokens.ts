import type { ModelConfig } from '../../model/config/model-config';

type ModelSizes = Pick<ModelConfig, 'parameterCount' | 'vocabSize' | 'hiddenSize' | 'tiedHead'>;

/** Floating-point operations of a run: three quarters of a second on two cores. */
const workOfRun = 8e10;
/** Every run reads all weights, which short ones would spend their time on; from about a hundred tokens on it is no loss. */
const fewest = 64;

/** Operations for each weight and token: forward; and backward to the activations; and backward to the weights. */
const operations = { score: 2, lora: 4, full: 6 } as const;

/**
 * Tokens that one run of a graph may take, padding included: a batch, or a part of it where a larger model would keep the
 * process from being cancelled for longer than a second. A function of the model alone, not of the machine, so that
 * the same training has the same runs everywhere; the batch is divided evenly.
 * @param kind what a run does: score, or train adapters or all weights
 */
export function tokensOfRun(batchTokens: number, config: ModelSizes, kind: keyof typeof operations): number {
  const most = Math.max(fewest, workOfRun / operationsPerToken(config, kind));
  return Math.ceil(batchTokens / Math.ceil(batchTokens / most));
}

/** Floating-point operations that a token takes. */
export function operationsPerToken(config: ModelSizes, kind: keyof typeof operations): number {
  // Embeddings are looked up, and the head is computed for few tokens.
  const weights = config.parameterCount - config.vocabSize * config.hiddenSize * (config.tiedHead ? 1 : 2);
  return operations[kind] * weights;
}
