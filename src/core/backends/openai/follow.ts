import { setTimeout as sleep } from 'node:timers/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { BackOff } from '../http/back-off';
import { pauseAskedBy } from '../http/failures';
import type { FollowOptions } from '../jobs/follow';
import { lostJob, silentFailure, stoppedElsewhere } from '../jobs/failure';
import type { OpenAiClient } from './client';
import type { Job, JobEvent } from './schemas';

/** A look at a job: how it is, and what it has said since the last one. */
export interface Look {
  readonly job: Job;
  readonly events: readonly JobEvent[];
}

const usualPauses = { least: 2000, most: 30_000 };
const usualPatience = 5 * 60_000;
const waiting: readonly string[] = ['validating_files', 'queued', 'pending', 'created', 'paused'];

/** Whether a job has not begun yet. Services have states of their own beside those of OpenAI. */
export function isWaiting({ status }: Job): boolean {
  return waiting.includes(status.toLowerCase());
}

/**
 * Looks at a job until it has succeeded; every event is given once, however often the service repeats it. A connection that
 * fails is tried again for some minutes: the job does not notice.
 *
 * @throws LiftError `engine-died` when the job has failed or is gone; `network`, `unauthorized`; `cancelled` when it was
 *   cancelled there, or when the signal fires
 */
export async function* followOpenAiJob(
  client: OpenAiClient,
  id: string,
  { signal, pauses = usualPauses, patience = usualPatience, onConnection }: FollowOptions = {},
): AsyncGenerator<Look, void> {
  const known = new Set<string>();
  const backOff = new BackOff(pauses);
  let heard = Date.now();
  let lost = false;
  for (;;) {
    throwIfCancelled(signal);
    let asked: number | undefined;
    try {
      // The status first: when it says that the job is over, the events that are read after it are all.
      const job = await client.job(id, signal);
      if (!job) throw lostJob(client.destination);
      const events = await client.newEvents(id, known, signal);
      for (const event of events) known.add(event.id);
      heard = Date.now();
      if (lost) onConnection?.((lost = false));
      if (events.length > 0) backOff.news();
      yield { job, events };
      const status = job.status.toLowerCase();
      if (status === 'succeeded' || status === 'completed') return;
      if (status === 'cancelled' || status === 'canceled') throw stoppedElsewhere(client.destination);
      if (status === 'failed' || status === 'error') throw silentFailure(client.destination, reasonOf(job), '');
    } catch (error) {
      if (!LiftError.is(error, 'network') || Date.now() - heard > patience) throw error;
      if (!lost) onConnection?.((lost = true));
      asked = pauseAskedBy(error);
    }
    await sleep(asked ?? backOff.next(), undefined, { signal }).catch(() => undefined);
  }
}

function reasonOf({ error }: Job): string {
  const { code, message } = error ?? {};
  return [message, code && `(${code})`]
    .filter(Boolean)
    .join(' ')
    .replace(/\.(?= \()|\.$/u, '');
}
