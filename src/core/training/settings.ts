import type { ScheduleKind } from './optimiser/schedule';

/** How a model is trained; fields as in the recipe's `training`. */
export interface TrainingSettings {
  readonly method: 'full' | 'lora';
  /** `layers`: how many of the top layers are adapted. */
  readonly lora: {
    readonly rank: number;
    readonly alpha: number;
    readonly dropout: number;
    readonly targetModules: readonly string[] | string;
    readonly layers: 'all' | number;
  };
  readonly epochs: number;
  /** Stop after this many optimiser steps, however many epochs that is; null: after `epochs`. 0: train nothing. */
  readonly steps: number | null;
  /** Tokens of a batch, padding included; a step sums the gradients of `accumulate` batches. */
  readonly batchTokens: number;
  readonly accumulate: number;
  readonly learningRate: number;
  readonly schedule: ScheduleKind;
  /** Share of the training in which the learning rate rises from 0. */
  readonly warmup: number;
  readonly weightDecay: number;
  /** Limit of the gradient's global norm; 0: none. */
  readonly clip: number;
  /** `answers`: the softmax runs over the tokens that answers can use only (a different loss). */
  readonly softmax: 'full' | 'answers';
  /** Epochs without a better validation loss after which training stops; 0: never. */
  readonly patience: number;
  readonly seed: number;
  /** Keep the outputs of the layers below the lowest adapted one, computed once. */
  readonly cacheTrunk: 'auto' | boolean;
}
