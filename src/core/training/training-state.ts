import type { Moments } from './optimiser/adamw';
import type { Parameters } from './initial-parameters';

/** What one epoch came to; losses are mean negative log-likelihoods per token that carries loss, in nats. */
export interface EpochRecord {
  /** Counts from 1; 0 is the model before training. */
  readonly epoch: number;
  /** Undefined for epoch 0. */
  readonly trainLoss: number | undefined;
  /** Undefined without validation examples, or when it is not finite. */
  readonly validationLoss: number | undefined;
}

/** Where a training is, apart from its tensors: plain data that a checkpoint holds. */
export interface TrainingProgressState {
  /** The epoch under way; counts from 1. */
  epoch: number;
  /** Optimiser steps done in this epoch, and in all, skipped ones included. */
  stepInEpoch: number;
  step: number;
  /** Steps that changed the parameters: the count of AdamW's bias correction. */
  updates: number;
  /** Σ weight · loss and Σ weight over this epoch's steps. */
  lossSum: number;
  weightSum: number;
  /** Factor on the learning rate: halved by every step that had to be skipped. */
  rateFactor: number;
  skippedSteps: number;
  /** Skipped steps since the last that was not. */
  skippedInARow: number;
  /** Tokens trained on, without padding. */
  tokens: number;
  history: EpochRecord[];
  best: { readonly epoch: number; readonly validationLoss: number } | undefined;
}

/** Everything a training needs to continue exactly. */
export interface TrainingState {
  readonly progress: TrainingProgressState;
  readonly parameters: Parameters;
  readonly moments: ReadonlyMap<string, Moments>;
  /** The parameters of the best epoch; undefined before the first validation. */
  bestParameters: Parameters | undefined;
}

export function freshState(parameters: Parameters): TrainingState {
  const moments = new Map<string, Moments>();
  for (const [name, { data }] of parameters) {
    moments.set(name, { first: new Float32Array(data.length), second: new Float32Array(data.length) });
  }
  return {
    progress: {
      epoch: 1,
      stepInEpoch: 0,
      step: 0,
      updates: 0,
      lossSum: 0,
      weightSum: 0,
      rateFactor: 1,
      skippedSteps: 0,
      skippedInARow: 0,
      tokens: 0,
      history: [],
      best: undefined,
    },
    parameters,
    moments,
    bestParameters: undefined,
  };
}
