import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { runningProcess, startHeartbeat } from './heartbeat';
import type { WorkPlace } from './heartbeat';

/**
 * Works in a folder as the only process that does: beats while it lasts, and listens to a `cancel` file beside the signal.
 * @param what what is worked on, for people: the run
 * @throws LiftError `run-invalid` when another process is at work there; whatever the work throws
 */
export async function workAlone<T>(
  place: WorkPlace,
  what: Phrase,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const other = await stillRunning(place);
  if (other !== undefined) {
    throw new LiftError(
      'run-invalid',
      phrase`Process ${other} is still at work on ${what} in ${place.path}.`,
      'Wait until it is done, or stop it first.',
    );
  }
  const controller = new AbortController();
  // The reason tells a backend elsewhere whether to stop its work or to leave it alone.
  const abort = (): void => {
    controller.abort(signal?.reason);
  };
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  const stopBeating = await startHeartbeat(place, () => {
    controller.abort();
  });
  try {
    return await work(controller.signal);
  } finally {
    await stopBeating();
    signal?.removeEventListener('abort', abort);
  }
}

/** A process that was told to stop may still be writing its checkpoint: it gets a moment. */
const PATIENCE_MS = 5000;

async function stillRunning(place: WorkPlace): Promise<number | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const other = await runningProcess(place);
    if (other === undefined || Date.now() > deadline) return other;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
