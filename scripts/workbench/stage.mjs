// The extension as a folder of its own, to be loaded by a workbench: building anew in the repository does not disturb it.
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildOptions } from '../build.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the manifest and the bundles refer to. */
const parts = ['package.json', 'package.nls.json', 'l10n', 'media', 'base-model', 'remote', 'LICENSE', 'README.md'];

/**
 * Builds the bundles into `folder` and puts beside them what they need.
 * @param {string} folder
 */
export async function stageExtension(folder) {
  mkdirSync(folder, { recursive: true });
  for (const part of parts) {
    if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await Promise.all(buildOptions(join(folder, 'dist')).map((options) => build(options)));
}
