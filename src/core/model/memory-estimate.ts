import { LiftError } from '../foundation/lift-error';
import type { PhraseValue } from '../foundation/phrase';
import { phrase } from '../foundation/phrase';
import type { ModelConfig } from './config/model-config';
import { linearLayers } from './safetensors/tensor-shapes';

/** Bytes of memory that a run is expected to need. An estimate: what the allocator keeps is not known beforehand. */
export interface MemoryEstimate {
  /** The weights as the runtime keeps them. */
  readonly weights: number;
  /** Values between layers that must be kept at one time. */
  readonly activations: number;
  /** Trained parameters with their gradients and the two averages of AdamW. */
  readonly optimizer: number;
  /** All of it, with the process itself. */
  readonly total: number;
}

/** What is trained. `layers` counts adapted layers from the top. */
export type TrainingMethod =
  { readonly kind: 'full' } | { readonly kind: 'lora'; readonly rank: number; readonly layers?: number };

const single = 4;
/** Node, ONNX Runtime and the graph. */
const processBytes = 200e6;
/** A trained number, its gradient, the two averages of AdamW, and its value at the best epoch. */
const copiesOfTrained = 5;

/**
 * Memory for training on batches of `batchTokens` tokens in rows of `sequenceLength`. The runtime keeps frozen matrices
 * twice, packed for the forward and for the backward pass; each adapted layer keeps what its derivative needs. Against
 * measured peaks of GPT-2 124M and SmolLM2-135M shapes it is within a sixth.
 */
export function estimateTrainingMemory(
  config: ModelConfig,
  method: TrainingMethod,
  batchTokens: number,
  sequenceLength: number,
): MemoryEstimate {
  const linear = linearLayers(config);
  const adapted = method.kind === 'full' ? config.layers : Math.min(method.layers ?? config.layers, config.layers);
  const top = linear.filter(({ layer }) => layer >= config.layers - adapted);
  const activations = single * batchTokens * adapted * keptPerToken(config, sequenceLength);
  if (method.kind === 'full') {
    return sum(single * config.parameterCount, activations, single * copiesOfTrained * config.parameterCount);
  }
  const backward = top.reduce((total, { inputs, outputs }) => total + inputs * outputs, 0);
  const headWeights = config.vocabSize * config.hiddenSize;
  const trained = top.reduce((total, { inputs, outputs }) => total + method.rank * (inputs + outputs), 0);
  return sum(
    single * (config.parameterCount + backward + headWeights),
    activations,
    single * copiesOfTrained * trained,
  );
}

/** Memory for prediction with `batchTokens` tokens at one time in rows of `sequenceLength`; it errs on the high side. */
export function estimateInferenceMemory(
  config: ModelConfig,
  batchTokens: number,
  sequenceLength: number,
): MemoryEstimate {
  return sum(single * config.parameterCount, single * batchTokens * keptPerToken(config, sequenceLength), 0);
}

/**
 * Numbers of one token that a layer has at one time: around its norms and projections, the attention weights of all
 * heads before and after the softmax, and the feed-forward layer around its activation (and its gate).
 */
function keptPerToken(config: ModelConfig, sequenceLength: number): number {
  const isGated = config.activation === 'silu';
  return 20 * config.hiddenSize + (isGated ? 7 : 4) * config.intermediateSize + 2 * config.heads * sequenceLength;
}

function sum(weights: number, activations: number, optimizer: number): MemoryEstimate {
  return { weights, activations, optimizer, total: weights + activations + optimizer + processBytes };
}

/**
 * @param what the work and the model, for the message: "Training gpt2"
 * @throws `model-too-large` stating both when the estimate is more than is free
 */
export function ensureFits(estimate: MemoryEstimate, availableBytes: number, what: PhraseValue): void {
  if (estimate.total <= availableBytes) return;
  throw new LiftError(
    'model-too-large',
    phrase`${what} needs about ${gigabytes(estimate.total)} of memory, and ${gigabytes(availableBytes)} is free.`,
    'Choose a smaller model, fewer tokens a batch (training.batchTokens) or fewer adapted layers (training.lora.layers), or close other programs.',
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 10e9 ? 1 : 0)} GB`;
}
