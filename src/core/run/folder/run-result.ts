import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { FineTuneResult } from '../requests';
import { runFolderAt } from './run-folder';
import type { RunFolder } from './run-folder';
import { readRunState } from './run-state';

/** `metrics.json`: the run's result, and under `details` what tables of numbers cannot hold (confusion, reliability). */
export async function writeRunResult(folder: RunFolder, result: FineTuneResult, details: unknown): Promise<void> {
  const { metrics, task, timing, fallbacks, samples, madeRows } = result;
  const content = { task, ...metrics, timing, fallbacks, samples, madeRows, details };
  await writeFileAtomically(folder.metrics, `${JSON.stringify(content, undefined, 2)}\n`);
}

/**
 * The result of a run. Throws `cancelled` when it was stopped, the run's own error when it failed, and `run-invalid` when
 * it is not over or its files cannot be understood.
 */
export async function readRunResult(path: string): Promise<FineTuneResult> {
  const folder = runFolderAt(path);
  const { state, error } = await readRunState(folder);
  if (state === 'stopped') throw new LiftError('cancelled', 'The run was stopped.', 'It can be resumed.');
  if (state === 'failed' && error) throw LiftError.of(error);
  if (state !== 'done')
    throw new LiftError('run-invalid', phrase`The run in ${path} is not over.`, 'Wait until it is done.');
  try {
    const { test, validation, baselines, modelAlone, ...rest } = JSON.parse(
      await readFile(folder.metrics, 'utf8'),
    ) as Record<string, unknown>;
    return v.parse(FineTuneResult, { ...rest, run: path, metrics: { test, validation, baselines, modelAlone } });
  } catch (cause) {
    throw new LiftError(
      'run-invalid',
      phrase`${folder.metrics} cannot be understood: ${(cause as Error).message}`,
      'It was changed by hand, or is of another version of LIFT.',
      { cause },
    );
  }
}
