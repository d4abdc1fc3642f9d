import type { Recipe } from '../../recipe/recipe';
import { operationsPerToken } from '../../training/batches/run-tokens';

/** Operations a second of one core: half of what was measured on a plain one, since most machines have other work too. */
const cautiousOperations = 2.5e10;
/** More cores than these help training little. */
const mostCores = 8;
/** A validation pass goes forward only. */
const forwardShare = 1 / 3;

/** What a training reads. */
export interface TrainingWork {
  /** Rows that the model is trained on, and that it is validated on after every epoch. */
  readonly train: number;
  readonly validation: number;
  /** Mean length of a prompt with its answer. */
  readonly tokensPerRow: number;
}

/**
 * Seconds of the training with all of its epochs; it may end earlier, when the validation loss does not fall any more.
 * Loading the model, predicting and the baselines come on top.
 * @param tokensPerSecond of an earlier training
 */
export function trainingSeconds({ training }: Recipe, work: TrainingWork, tokensPerSecond: number): number {
  const { epochs, steps, batchTokens } = training;
  const trained = epochs * work.train * work.tokensPerRow;
  const most = steps === null ? trained : Math.min(trained, steps * batchTokens);
  const share = trained > 0 ? most / trained : 0;
  return (most + share * forwardShare * epochs * work.validation * work.tokensPerRow) / tokensPerSecond;
}

/** A cautious guess at the tokens a second of a machine on which nothing was trained yet. */
export function cautiousTokensPerSecond(
  config: Parameters<typeof operationsPerToken>[0],
  { training }: Recipe,
  cores: number,
): number {
  return (cautiousOperations * Math.min(cores, mostCores)) / operationsPerToken(config, training.method);
}
