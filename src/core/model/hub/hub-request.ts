import { setTimeout as sleep } from 'node:timers/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { HubSettings } from './hub-settings';
import { responseError } from './hub-errors';

/** How often and how long to try again. */
export interface RetryPolicy {
  /** Tries in a row that bring nothing. */
  readonly tries: number;
  /** Milliseconds before the second try; doubled with each. */
  readonly firstPause: number;
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly stall: number;
}

export const usualRetries: RetryPolicy = { tries: 5, firstPause: 500, stall: 30_000 };

/** What every request needs to know. */
export interface HubConnection extends HubSettings {
  readonly id: string;
  readonly retries: RetryPolicy;
  readonly signal: AbortSignal | undefined;
}

/** A failure that may pass by itself, and how long the server asks to wait (milliseconds). */
class PassingFailure extends Error {
  constructor(
    readonly reason: LiftError,
    readonly pause: number | undefined,
  ) {
    super(reason.message);
  }
}

/**
 * Repeats an action while it fails for reasons that may pass: lost connections, 429 and 5xx. An action that reports
 * progress starts the count anew.
 *
 * @throws the last error; `cancelled` at once, also during a pause
 */
export async function withRetries<T>(
  { retries, signal, id }: HubConnection,
  action: (progressed: () => void) => Promise<T>,
): Promise<T> {
  let failures = 0;
  for (;;) {
    throwIfCancelled(signal);
    try {
      return await action(() => {
        failures = 0;
      });
    } catch (error) {
      throwIfCancelled(signal);
      const passing = asPassing(error, id);
      failures += 1;
      if (failures >= retries.tries) throw passing.reason;
      const pause = passing.pause ?? retries.firstPause * 2 ** (failures - 1);
      try {
        await sleep(pause, undefined, signal ? { signal } : {});
      } catch {
        throwIfCancelled(signal);
      }
    }
  }
}

/** One request. Throws for a status other than success: at once, or so that `withRetries` repeats it. */
export async function request(
  connection: HubConnection,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined = connection.signal,
): Promise<Response> {
  const { token } = connection;
  const response = await fetch(url, {
    headers: { 'user-agent': 'lift-vscode', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(signal ? { signal } : {}),
  });
  if (response.ok) return response;
  const error = responseError(response, connection);
  await response.body?.cancel();
  if (response.status !== 429 && response.status < 500) throw error;
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  throw new PassingFailure(error, Number.isFinite(seconds) ? Math.min(seconds, 60) * 1000 : undefined);
}

/** An error that may pass; others are thrown. */
function asPassing(error: unknown, id: string): PassingFailure {
  if (error instanceof PassingFailure) return error;
  if (error instanceof LiftError) throw error;
  if (isFileError(error)) throw LiftError.from(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const detail = cause instanceof Error ? cause.message : String(cause);
  const reason = new LiftError(
    'network',
    phrase`The connection failed while downloading ${id}: ${detail}.`,
    'Check the network and try again; what was downloaded is kept.',
    { cause: error },
  );
  return new PassingFailure(reason, undefined);
}

/** Errors of the file system name a system call on a path or a descriptor; those of the network come within others. */
function isFileError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'syscall' in error &&
    ['write', 'open', 'read', 'ftruncate'].includes(String(error.syscall))
  );
}
