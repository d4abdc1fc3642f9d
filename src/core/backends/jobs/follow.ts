import { watch } from '../http/watch';
import type { Sight, WatchOptions } from '../http/watch';
import { lostJob, silentFailure, stoppedElsewhere, toldFailure } from './failure';
import { JobLog } from './log';
import type { JobEvent } from './log';
import type { JobService } from './service';

const usualPauses = { least: 500, most: 10_000 };

/**
 * What a job says, from its beginning on and while it goes on; returns when it is over and has said everything.
 *
 * @throws LiftError the error of a job that failed; `engine-died` when it is gone; `network`, `unauthorized`; `cancelled`
 *   when it was stopped there, or when the signal fires
 */
export async function* followJob(
  service: JobService,
  id: string,
  { pauses = usualPauses, ...options }: WatchOptions = {},
): AsyncGenerator<JobEvent, void> {
  const { signal } = options;
  const log = new JobLog();
  let failure: Extract<JobEvent, { event: 'error' }> | undefined;
  const look = async (): Promise<Sight<JobEvent>> => {
    // The status first: when it says that the job is over, the log that is read after it is whole.
    const { phase, message } = await service.status(id, signal);
    if (phase === 'missing') throw lostJob(service.destination);
    const seen = phase === 'queued' ? [] : log.take(await service.log(id, signal));
    for (const event of seen) if (event.event === 'error') failure = event;
    const isOver = (): boolean => {
      if (phase === 'stopped') throw stoppedElsewhere(service.destination);
      if (phase === 'failed') {
        throw failure ? toldFailure(failure) : silentFailure(service.destination, message, log.lastWords);
      }
      return phase === 'succeeded';
    };
    return { seen, isNews: seen.length > 0, isOver };
  };
  yield* watch(look, { ...options, pauses });
}
