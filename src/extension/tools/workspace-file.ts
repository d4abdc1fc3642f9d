import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import { phrase } from '../../core/foundation/phrase';

/**
 * The path of a file that a language model has named: it may name files of the workspace only, whatever links lead out of it.
 * A relative path is looked for in each of the folders.
 * Throws `usage` for a file outside of them, `file-not-found`.
 */
export async function workspaceFile(named: string, folders: readonly string[]): Promise<string> {
  const candidates = isAbsolute(named) ? [resolve(named)] : folders.map((folder) => join(folder, named));
  for (const candidate of candidates) {
    const real = await realpath(candidate).catch(() => undefined);
    if (real === undefined) continue;
    const roots = await Promise.all(folders.map((folder) => realpath(folder)));
    if (roots.some((root) => isInside(real, root))) return candidate;
    throw new LiftError('usage', phrase`${named} is outside of the workspace.`, 'Name a file of the workspace.');
  }
  throw new LiftError(
    'file-not-found',
    phrase`There is no ${named} in the workspace.`,
    'Name a file of the workspace.',
  );
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
