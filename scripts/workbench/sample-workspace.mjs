// A workspace to try things in: copies of the sample tables, so that the originals stay as they are.
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} root the project's folder
 * @returns {string} the workspace's folder; what is already in it (recipes, runs, changed tables) is kept
 */
export function sampleWorkspace(root) {
  const samples = join(root, 'media', 'samples');
  const workspace = join(root, '.cache', 'workspace');
  mkdirSync(workspace, { recursive: true });
  for (const name of readdirSync(samples).filter((file) => file.endsWith('.csv'))) {
    const target = join(workspace, name);
    if (!existsSync(target)) copyFileSync(join(samples, name), target, constants.COPYFILE_EXCL);
  }
  return workspace;
}
