import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { LiftErrorCode } from '../../foundation/lift-error';
import type { JobEvent } from './log';

/** Codes that a job may give to its errors; the program of `remote/` knows no others. */
const jobCodes: readonly LiftErrorCode[] = [
  'usage',
  'recipe-invalid',
  'disk-full',
  'model-too-large',
  'model-not-found',
  'unauthorized',
  'internal',
];

/** The error that a job has explained. */
export function toldFailure({ code, message, hint }: Extract<JobEvent, { event: 'error' }>): LiftError {
  return new LiftError(jobCodes.find((known) => known === code) ?? 'internal', message, hint);
}

/** A job that failed without a word of ours: its program could not even begin, or was killed. */
export function silentFailure(destination: string, message: string, lastWords: string): LiftError {
  const lacking = /No module named '?([\w.]+)/.exec(`${message} ${lastWords}`)?.[1];
  if (lacking !== undefined) {
    return new LiftError(
      'engine-died',
      phrase`The job on ${destination} failed: the Python of its jobs has no ${lacking}.`,
      'Let the job install its packages (without --no-install, lift.remote.ray.installPackages), or install them there; Ray itself must be in the Python that comes first on the PATH of its jobs. Then resume the run.',
    );
  }
  const said = [message.trim().split('\n').at(-1)!.slice(0, 300), lastWords].find((text) => text !== '') ?? '';
  return new LiftError(
    'engine-died',
    said === '' ? phrase`The job on ${destination} failed.` : phrase`The job on ${destination} failed: ${said}.`,
    'Look at its log there; resume the run to try again.',
  );
}

export function lostJob(destination: string): LiftError {
  return new LiftError(
    'engine-died',
    phrase`${destination[0]!.toUpperCase()}${destination.slice(1)} does not know the job any more: it was restarted, or the job was deleted.`,
    'Resume the run: the job is sent again.',
  );
}

export function stoppedElsewhere(destination: string): LiftError {
  return new LiftError(
    'cancelled',
    phrase`The job was stopped on ${destination}.`,
    'Resume the run to begin it again.',
  );
}
