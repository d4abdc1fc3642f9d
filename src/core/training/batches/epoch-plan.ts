import { Random } from '../../foundation/random';
import type { Batch } from './packing';
import { packBatches } from './packing';

/** One optimiser step: the batches whose gradients are summed. */
export type Step = readonly Batch[];

export interface PlanOptions {
  /** Tokens of one run of the graph, padding included. */
  readonly runTokens: number;
  /** Tokens of one optimiser step. */
  readonly stepTokens: number;
  readonly seed: number;
}

/**
 * The steps of one epoch: every example once, in an order that depends on seed and epoch alone, so that a resumed run
 * sees the same batches.
 * @param epoch counts from 1
 */
export function planEpoch(lengths: ArrayLike<number>, epoch: number, options: PlanOptions): Step[] {
  const random = Random.derive(options.seed, `epoch-${epoch}`);
  const order = random.shuffle(Uint32Array.from({ length: lengths.length }, (_, index) => index));
  const batches = random.shuffle(packBatches(lengths, order, options.runTokens));
  const steps: Batch[][] = [];
  let room = 0;
  for (const batch of batches) {
    const tokens = batch.rows * batch.length;
    if (steps.length === 0 || tokens > room) {
      steps.push([]);
      room = options.stepTokens;
    }
    steps.at(-1)!.push(batch);
    room -= tokens;
  }
  return steps;
}
