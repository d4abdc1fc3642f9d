/**
 * Bundles the product into dist/: one call of esbuild a target.
 *
 *   node scripts/build.mjs             everything, once
 *   node scripts/build.mjs --watch     and again at every change
 */
import { build, context } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What stays outside the bundles: the native runtime, and the `vscode` module, which the editor provides. */
const external = ['onnxruntime-node', 'vscode'];

/** Programs that run in Node: the oldest supported version is 20. Not minified: a stack in a log is to be read. */
const node = { platform: 'node', format: 'cjs', target: 'node20', external };

/** Every bundle: where it starts and what it becomes. New ones (extension host, web views) are added here. */
const targets = [
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['src/engine/engine-main.ts'], outfile: 'engine.js' },
];

/** The options of esbuild for every target, with the files placed in `folder`. */
export function buildOptions(folder = join(root, 'dist')) {
  return targets.map((target) => ({
    ...target,
    absWorkingDir: root,
    outfile: join(folder, target.outfile),
    bundle: true,
    sourcemap: true,
    logLevel: 'warning',
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--watch')) {
    for (const options of buildOptions()) await (await context({ ...options, logLevel: 'info' })).watch();
  } else {
    await Promise.all(buildOptions().map((options) => build(options)));
  }
}
