import { throwIfCancelled } from '../../foundation/lift-error';
import type { FeedTensor, GraphSession } from '../../graph/session';
import { layOutTokens } from '../batches/batch-arrays';
import { tokenFeeds } from '../batches/feeds';
import type { HiddenStore, StoredValues } from './hidden-store';
import type { Batch } from '../batches/packing';
import { packBatches } from '../batches/packing';
import type { TokenExample } from '../batches/token-example';

export interface TrunkCacheOptions {
  /** A `trunk` graph. */
  readonly session: GraphSession;
  /** Width of the hidden states. */
  readonly width: number;
  readonly store: HiddenStore;
  readonly runTokens: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each run with the tokens of its examples. */
  readonly onTokens?: (tokens: number) => void;
}

/** Bytes that the hidden states of examples take. */
export function trunkCacheBytes(examples: readonly TokenExample[], width: number): number {
  return examples.reduce((sum, { tokens }) => sum + tokens.length * width * Float32Array.BYTES_PER_ELEMENT, 0);
}

/**
 * The hidden states of examples above the layers that training does not change, computed once. They depend on the example
 * alone, up to rounding that follows from how examples are put into batches, which depends on the list of examples alone:
 * a resumed training computes the very same ones.
 */
export class TrunkCache {
  private constructor(
    private readonly hiddenOf: ReadonlyMap<TokenExample, StoredValues>,
    private readonly width: number,
    private readonly store: HiddenStore,
  ) {}

  /** @throws LiftError `cancelled`, `disk-full` */
  static async build(examples: readonly TokenExample[], options: TrunkCacheOptions): Promise<TrunkCache> {
    const { session, width, store, runTokens, signal, onTokens } = options;
    const lengths = examples.map((example) => example.tokens.length);
    const hiddenOf = new Map<TokenExample, StoredValues>();
    for (const batch of packBatches(lengths, [...examples.keys()], runTokens)) {
      throwIfCancelled(signal);
      const outputs = await session.run(tokenFeeds(layOutTokens(batch, examples)));
      const hidden = outputs.hidden!.data as Float32Array;
      let tokens = 0;
      for (const { example, row, offset } of batch.placements) {
        const start = (row * batch.length + offset) * width;
        const values = hidden.slice(start, start + lengths[example]! * width);
        hiddenOf.set(examples[example]!, await store.write(values));
        tokens += lengths[example]!;
      }
      onTokens?.(tokens);
    }
    return new TrunkCache(hiddenOf, width, store);
  }

  /** The hidden states [B, T, width] of a batch; 0 where there is padding. */
  async hidden({ rows, length, placements }: Batch, examples: readonly TokenExample[]): Promise<FeedTensor> {
    const data = new Float32Array(rows * length * this.width);
    for (const { example, row, offset } of placements) {
      await this.hiddenOf.get(examples[example]!)!.readInto(data, (row * length + offset) * this.width);
    }
    return { data, dims: [rows, length, this.width] };
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
