// `npm run demo`: the main job on a sample table, from the command line.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function run(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run([join('scripts', 'build.mjs')]);
run([join('dist', 'cli.js'), 'fine-tune', join('media', 'samples', 'iris.csv'), '--target', 'species']);
