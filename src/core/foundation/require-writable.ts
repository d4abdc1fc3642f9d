import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LiftError } from './lift-error';
import { phrase } from './phrase';

/** What a disk must have free: on a full one an empty file can still be made. */
const leastBytes = 4096;

/**
 * Finds out before long work whether its result can be written in the end; what stands there is left as it is.
 * @throws LiftError `file-unwritable` when the folder is not there or takes no files, or a folder has the name; `disk-full`
 */
export async function requireWritable(path: string): Promise<void> {
  const folder = dirname(path);
  const hint = 'Choose another folder.';
  if (!(await isFolder(folder))) throw new LiftError('file-unwritable', phrase`There is no folder ${folder}.`, hint);
  if (await isFolder(path)) {
    throw new LiftError(
      'file-unwritable',
      phrase`${path} is a folder: no file can have its name.`,
      'Choose another name.',
    );
  }
  const trial = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(trial, Buffer.alloc(leastBytes));
  } catch (error) {
    if (['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw LiftError.from(error);
    throw new LiftError('file-unwritable', phrase`No file can be written in ${folder}.`, hint, { cause: error });
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
