import { rm, rmdir, stat } from 'node:fs/promises';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { RunFolder } from '../run/folder/run-folder';
import { generatorFolder } from './generator-model';

/**
 * Works with a run that may be deleted meanwhile.
 * @throws LiftError `run-invalid` when the work fails and the run is gone; whatever the work throws
 */
export async function whileThere<T>(run: RunFolder, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (await isThere(run.state)) throw error;
    // A checkpoint that was written after the deletion has made its folders anew.
    await rm(generatorFolder(run).path, { recursive: true, force: true });
    await rmdir(run.path).catch(() => undefined);
    const message = phrase`The run in ${run.path} is gone: its folder was deleted or moved.`;
    throw new LiftError('run-invalid', message, 'Choose another run.', { cause: error });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ENOENT',
  );
}
