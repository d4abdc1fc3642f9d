import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { findPackageRoot } from '../../model/package-root';
import type { ExportedFiles } from '../exports/files';

const packageName = 'lift_remote';

/** How the program of a job is started, in its working folder. */
export const programEntrypoint = `python -m ${packageName}`;

/** Our Python program, which lies in `remote/` of the package. Throws `internal` when the package lacks it. */
export async function programFiles(root = findPackageRoot()): Promise<ExportedFiles> {
  const folder = join(root, 'remote', packageName);
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new LiftError('internal', phrase`The program for clusters is missing in ${folder}.`, 'Install LIFT again.', {
      cause,
    });
  });
  const sources = names.filter((name) => name.endsWith('.py'));
  return new Map(
    await Promise.all(
      sources.map(async (name) => [`${packageName}/${name}`, await readFile(join(folder, name))] as const),
    ),
  );
}

/** The packages that the program needs, one a line of `remote/requirements.txt`. */
export async function programRequirements(root = findPackageRoot()): Promise<string[]> {
  const text = await readFile(join(root, 'remote', 'requirements.txt'), 'utf8');
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
