import type { RunEvent } from '../events';

/** At most ten progress events a second. */
const INTERVAL_MS = 100;

/**
 * Lets every event pass but progress, of which it keeps at most ten a second: one that comes too early is dropped,
 * unless it begins or ends a stage.
 */
export function throttleProgress(emit: (event: RunEvent) => void, now: () => number = Date.now): typeof emit {
  let sentAt = -Infinity;
  let stage = '';
  return (event) => {
    if (event.event === 'progress') {
      const time = now();
      const boundary = event.stage !== stage || event.fraction >= 1;
      if (!boundary && time - sentAt < INTERVAL_MS) return;
      sentAt = time;
      stage = event.stage;
    }
    emit(event);
  };
}
