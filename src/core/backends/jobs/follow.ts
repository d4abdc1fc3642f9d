import { setTimeout as sleep } from 'node:timers/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { BackOff } from '../http/back-off';
import type { Pauses } from '../http/back-off';
import { pauseAskedBy } from '../http/failures';
import { lostJob, silentFailure, stoppedElsewhere, toldFailure } from './failure';
import { JobLog } from './log';
import type { JobEvent } from './log';
import type { JobService } from './service';

export interface FollowOptions {
  readonly signal?: AbortSignal | undefined;
  readonly pauses?: Pauses;
  /** Milliseconds without any answer after which the connection counts as lost. */
  readonly patience?: number;
  /** Called when the connection fails and is tried again, and when it is back. */
  readonly onConnection?: ((lost: boolean) => void) | undefined;
}

const usualPauses: Pauses = { least: 500, most: 10_000 };
const usualPatience = 5 * 60_000;

/**
 * What a job says, from its beginning on and while it goes on; returns when it is over and has said everything.
 * Looks often while there are news and ever more seldom while there are none. A connection that fails is tried again for
 * some minutes: the job does not notice.
 *
 * @throws LiftError the error of a job that failed; `engine-died` when it is gone; `network`, `unauthorized`; `cancelled`
 *   when it was stopped there, or when the signal fires
 */
export async function* followJob(
  service: JobService,
  id: string,
  { signal, pauses = usualPauses, patience = usualPatience, onConnection }: FollowOptions = {},
): AsyncGenerator<JobEvent, void> {
  const log = new JobLog();
  const backOff = new BackOff(pauses);
  let failure: Extract<JobEvent, { event: 'error' }> | undefined;
  let heard = Date.now();
  let lost = false;
  for (;;) {
    throwIfCancelled(signal);
    let asked: number | undefined;
    try {
      // The status first: when it says that the job is over, the log that is read after it is whole.
      const { phase, message } = await service.status(id, signal);
      if (phase === 'missing') throw lostJob(service.destination);
      const events = phase === 'queued' ? [] : log.take(await service.log(id, signal));
      heard = Date.now();
      if (lost) onConnection?.((lost = false));
      if (events.length > 0) backOff.news();
      for (const event of events) {
        if (event.event === 'error') failure = event;
        yield event;
      }
      if (phase === 'succeeded') return;
      if (phase === 'stopped') throw stoppedElsewhere(service.destination);
      if (phase === 'failed') {
        throw failure ? toldFailure(failure) : silentFailure(service.destination, message, log.lastWords);
      }
    } catch (error) {
      if (!LiftError.is(error, 'network') || Date.now() - heard > patience) throw error;
      if (!lost) onConnection?.((lost = true));
      asked = pauseAskedBy(error);
    }
    await sleep(asked ?? backOff.next(), undefined, { signal }).catch(() => undefined);
  }
}
