import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';

const packageName = 'lift-vscode';

/**
 * The folder of the installed package: the nearest folder above the running code whose package.json is LIFT's, the same
 * from sources and from bundles.
 *
 * @param start where to look first; by default the folder of this code, then of the started program, then the current one
 * @throws `internal` when there is none
 */
export function findPackageRoot(start?: string): string {
  // Bundles are CommonJS and have `__dirname`; run as an ES module this code does not know its own folder.
  const here = typeof __dirname === 'string' ? __dirname : undefined;
  const program = process.argv[1];
  const starts = start === undefined ? [here, program && dirname(program), process.cwd()] : [start];
  for (const folder of starts) {
    const root = folder && nearestRoot(folder);
    if (root) return root;
  }
  throw new LiftError(
    'internal',
    phrase`No package.json of ${packageName} above ${starts.filter(Boolean).join(', ')}.`,
  );
}

function nearestRoot(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name === packageName)
    return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestRoot(parent);
}
