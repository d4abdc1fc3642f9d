import { throwIfCancelled } from '../../foundation/lift-error';

const TURN_MS = 30;

/** Lets the event loop have a turn now and then in long plain work, so that a cancel is heard. Throws `cancelled`. */
export function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    last = performance.now();
    throwIfCancelled(signal);
  };
}
