import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { buildOptions } from '../../scripts/build.mjs';

const root = join(__dirname, '..', '..');

const folders: string[] = [];

// Registered with the file, as a hook that is asked for within another hook is never called.
afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
});

/**
 * A new empty folder that is removed after the tests of the file. It lies in the project, so that bundles in it find the
 * native runtime, which no bundle holds.
 */
export async function temporaryFolder(): Promise<string> {
  const cache = join(root, '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'test-'));
  folders.push(folder);
  return folder;
}

/** Bundles one TypeScript file as the engine is bundled, into `outfile`. */
export async function bundleProgram(entry: string, outfile: string): Promise<string> {
  const options = buildOptions().find((target) => target.outfile?.endsWith('engine.js'));
  await build({ ...options, entryPoints: [entry], outfile, absWorkingDir: root });
  return outfile;
}

/** Bundles the command line, its engine and the hub's client into a folder, and gives the path of the program. */
export async function bundleCli(folder: string): Promise<string> {
  const programs = buildOptions(folder).filter(({ outfile }) => /(cli|engine|hub)\.js$/.test(outfile ?? ''));
  await Promise.all(programs.map((options) => build(options)));
  return join(folder, 'cli.js');
}
