import type { Gradients } from './gradients';
import type { Batch } from '../batches/packing';
import type { TokenExample } from '../batches/token-example';

export interface LossAndGradients {
  /** Σ weight · negative log-likelihood over the batch, in nats. */
  readonly loss: number;
  readonly gradients: Gradients;
}

/** What training asks of a model with its parameters: the loss of a batch, with or without its gradients. */
export interface LossGraph {
  /**
   * @param weightScale factor on all weights
   * @param dropoutSeed names the random dropout of this run
   */
  gradients(
    batch: Batch,
    examples: readonly TokenExample[],
    weightScale: number,
    dropoutSeed: number,
  ): Promise<LossAndGradients>;
  /** Σ weight · negative log-likelihood over the batch, in nats, without dropout. */
  loss(batch: Batch, examples: readonly TokenExample[]): Promise<number>;
}
