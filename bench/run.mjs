/**
 * Runs a benchmark: node bench/run.mjs NAME [its options]
 *
 * Benchmarks print ratios to a peer or to the machine's own peak, measured in the same minute: other work on the machine
 * moves all of them. Bundles go to .cache/, as the sources are TypeScript.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name, ...options] = process.argv.slice(2);
if (name === undefined) {
  console.error('Usage: node bench/run.mjs NAME [options], with NAME a file bench/NAME.ts');
  process.exit(2);
}
const outfile = join(root, '.cache', 'bench', `${name}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [`bench/${name}.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
process.exit(spawnSync(process.execPath, [outfile, ...options], { stdio: 'inherit', cwd: root }).status ?? 1);
