import { watch } from '../http/watch';
import type { Sight, WatchOptions } from '../http/watch';
import { lostJob, silentFailure, stoppedElsewhere } from '../jobs/failure';
import type { OpenAiClient } from './client';
import type { Job, JobEvent } from './schemas';

/** A look at a job: how it is, and what it has said since the last one. */
export interface Look {
  readonly job: Job;
  readonly events: readonly JobEvent[];
}

const usualPauses = { least: 2000, most: 30_000 };
const waiting: readonly string[] = ['validating_files', 'queued', 'pending', 'created', 'paused'];

/** Whether a job has not begun yet. Services have states of their own beside those of OpenAI. */
export function isWaiting({ status }: Job): boolean {
  return waiting.includes(status.toLowerCase());
}

/**
 * Looks at a job until it has succeeded; every event is given once, however often the service repeats it.
 *
 * @throws LiftError `engine-died` when the job has failed or is gone; `network`, `unauthorized`; `cancelled` when it was
 *   cancelled there, or when the signal fires
 */
export async function* followOpenAiJob(
  client: OpenAiClient,
  id: string,
  { pauses = usualPauses, ...options }: WatchOptions = {},
): AsyncGenerator<Look, void> {
  const { signal } = options;
  const known = new Set<string>();
  const look = async (): Promise<Sight<Look>> => {
    // The status first: when it says that the job is over, the events that are read after it are all.
    const job = await client.job(id, signal);
    if (!job) throw lostJob(client.destination);
    const events = await client.newEvents(id, known, signal);
    for (const event of events) known.add(event.id);
    const isOver = (): boolean => {
      const status = job.status.toLowerCase();
      if (status === 'cancelled' || status === 'canceled') throw stoppedElsewhere(client.destination);
      if (status === 'failed' || status === 'error') throw silentFailure(client.destination, reasonOf(job), '');
      return status === 'succeeded' || status === 'completed';
    };
    return { seen: [{ job, events }], isNews: events.length > 0, isOver };
  };
  yield* watch(look, { ...options, pauses });
}

function reasonOf({ error }: Job): string {
  const { code, message } = error ?? {};
  return [message, code && `(${code})`]
    .filter(Boolean)
    .join(' ')
    .replace(/\.(?= \()|\.$/u, '');
}
