import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { RunContext, RunEvent } from '../events';
import type { RunFolder } from './run-folder';
import { openRunLog } from './run-log';
import type { RunState } from './run-state';
import { writeRunState } from './run-state';
import { workAlone } from './work-alone';

/**
 * Does the work of a run: beats while it lasts, logs what it says, listens to a `cancel` file, and writes in `run.json` how
 * it ended. A run that was cancelled or met a full disk is `stopped`: it can be resumed.
 * Throws `run-invalid` when another process is at work on the same run.
 */
export async function workOnRun<T>(
  folder: RunFolder,
  state: RunState,
  /** What was said before there was a folder to write it to. */
  early: readonly RunEvent[],
  context: RunContext,
  work: (context: RunContext) => Promise<{ result: T; timing: Record<string, number> }>,
): Promise<T> {
  return workAlone(folder, phrase`the run`, context.signal, async (signal) => {
    const running = await writeRunState(folder, { ...state, state: 'running', error: undefined });
    const log = openRunLog(folder, context.emit);
    for (const event of early) log.write(event);
    try {
      const { result, timing } = await work({ ...context, signal, emit: log.emit });
      await writeRunState(folder, { ...running, state: 'done', timing });
      return result;
    } catch (cause) {
      const error = LiftError.from(cause);
      await recordEnd(folder, running, error);
      throw error;
    } finally {
      log.close();
    }
  });
}

async function recordEnd(folder: RunFolder, state: RunState, { code, parts }: LiftError): Promise<void> {
  const ended: RunState =
    code === 'cancelled' || code === 'disk-full'
      ? { ...state, state: 'stopped' }
      : { ...state, state: 'failed', error: parts };
  // When not even this can be written, the missing heartbeat says that the run is stopped.
  await writeRunState(folder, ended).catch(() => undefined);
}
