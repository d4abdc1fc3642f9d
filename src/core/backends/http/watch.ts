import { setTimeout as sleep } from 'node:timers/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { BackOff } from './back-off';
import type { Pauses } from './back-off';
import { pauseAskedBy } from './failures';

export interface WatchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly pauses?: Pauses;
  /** Milliseconds without any answer after which the connection counts as lost. */
  readonly patience?: number;
  /** Called when the connection fails and is tried again, and when it is back. */
  readonly onConnection?: ((lost: boolean) => void) | undefined;
}

/** What one look has found. */
export interface Sight<T> {
  readonly seen: readonly T[];
  /** Whether anything has happened since the last look. */
  readonly isNews: boolean;
  /** Whether it was the last look: nothing will come any more. Throws the error of what has failed. */
  readonly isOver: () => boolean;
}

const usualPatience = 5 * 60_000;

/**
 * Looks until it is over, and gives what every look has seen: often while there are news and ever more seldom while there are
 * none. A connection that fails is tried again for some minutes: what is watched does not notice.
 *
 * @throws LiftError what `look` throws, `network` only when patience is at its end; `cancelled` when the signal fires
 */
export async function* watch<T>(
  look: () => Promise<Sight<T>>,
  { signal, pauses, patience = usualPatience, onConnection }: WatchOptions & { readonly pauses: Pauses },
): AsyncGenerator<T, void> {
  const backOff = new BackOff(pauses);
  let heard = Date.now();
  let lost = false;
  for (;;) {
    throwIfCancelled(signal);
    let asked: number | undefined;
    try {
      const { seen, isNews, isOver } = await look();
      heard = Date.now();
      if (lost) onConnection?.((lost = false));
      if (isNews) backOff.news();
      yield* seen;
      if (isOver()) return;
    } catch (error) {
      if (!LiftError.is(error, 'network') || Date.now() - heard > patience) throw error;
      if (!lost) onConnection?.((lost = true));
      asked = pauseAskedBy(error);
    }
    await sleep(asked ?? backOff.next(), undefined, { signal }).catch(() => undefined);
  }
}
