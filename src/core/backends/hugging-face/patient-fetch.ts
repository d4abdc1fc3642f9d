import { setTimeout as sleep } from 'node:timers/promises';
import { pauseAsked } from '../http/answer';
import { withJitter } from '../http/back-off';
import { LONGEST_PAUSE, NOTHING_DONE, passing } from '../http/client';
import type { HttpRetries } from '../http/client';

/** These can be asked twice: what they do is the same the second time. */
const repeatable: readonly string[] = ['GET', 'HEAD', 'PUT'];

/**
 * `fetch` for the hub's own client, which gives up at the first trouble: requests are repeated while they fail for reasons
 * that may pass, after the pause that the hub asks for. What must not be done twice is repeated only when nothing was done.
 */
export function patientFetch(
  { tries, firstPause }: Pick<HttpRetries, 'tries' | 'firstPause'>,
  signal: AbortSignal | undefined,
): typeof fetch {
  return async (input, init) => {
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    const given = [signal, init?.signal].filter((one) => one !== undefined && one !== null);
    const stops = given.length === 0 ? {} : { signal: AbortSignal.any(given) };
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt >= tries || init?.body instanceof ReadableStream;
      let asked: number | undefined;
      try {
        const response = await fetch(input, { ...init, ...stops });
        const mayPass =
          response.status === NOTHING_DONE || (repeatable.includes(method) && passing.includes(response.status));
        asked = pauseAsked(response.headers.get('retry-after') ?? undefined);
        if (!mayPass || isLast || (asked ?? 0) > LONGEST_PAUSE) return response;
        await response.body?.cancel();
      } catch (error) {
        if (isLast || stops.signal?.aborted || !repeatable.includes(method)) throw error;
      }
      await sleep(asked ?? withJitter(firstPause * 2 ** (attempt - 1)), undefined, stops);
    }
  };
}
