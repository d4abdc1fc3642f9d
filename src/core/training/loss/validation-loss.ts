import { throwIfCancelled } from '../../foundation/lift-error';
import { lossWeight } from '../batches/batch-arrays';
import type { LossGraph } from './loss-graph';
import { packBatches } from '../batches/packing';
import type { TokenExample } from '../batches/token-example';

export interface ValidationOptions {
  readonly runTokens: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each run with the tokens of its examples. */
  readonly onTokens?: (tokens: number) => void;
}

/**
 * Mean negative log-likelihood per token that carries loss, in nats; undefined when none does.
 * The batches depend on the examples alone, so that equal parameters give the very same number.
 */
export async function validationLoss(
  graph: LossGraph,
  examples: readonly TokenExample[],
  { runTokens, signal, onTokens }: ValidationOptions,
): Promise<number | undefined> {
  const lengths = examples.map((example) => example.tokens.length);
  let loss = 0;
  for (const batch of packBatches(lengths, [...examples.keys()], runTokens)) {
    throwIfCancelled(signal);
    loss += await graph.loss(batch, examples);
    onTokens?.(batch.placements.reduce((sum, { example }) => sum + lengths[example]!, 0));
  }
  const weight = examples.reduce((sum, example) => sum + lossWeight(example), 0);
  return weight > 0 ? loss / weight : undefined;
}
