import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { buildOptions } from '../../scripts/build.mjs';

const root = join(__dirname, '..', '..');

/** A new empty folder that is removed after the tests of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lift-test-'));
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Bundles one TypeScript file as the engine is bundled, into `outfile`. */
export async function bundleProgram(entry: string, outfile: string): Promise<string> {
  const options = buildOptions().find((target) => target.outfile?.endsWith('engine.js'));
  await build({ ...options, entryPoints: [entry], outfile, absWorkingDir: root });
  return outfile;
}
