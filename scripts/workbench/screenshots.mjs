// Takes the pictures of the README in the real workbench, with a real training: node scripts/workbench/screenshots.mjs
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// They are taken by the page objects of the tests, which are TypeScript.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const outfile = join(root, '.cache', 'take-screenshots.mjs');
mkdirSync(dirname(outfile), { recursive: true });
const scripts = {
  name: 'scripts-stay-where-they-are',
  setup({ onResolve }) {
    onResolve({ filter: /\/scripts\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(join(resolveDir, path)).href,
      external: true,
    }));
  },
};
await build({
  absWorkingDir: root,
  entryPoints: ['test/workbench/take-screenshots.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  plugins: [scripts],
});
process.chdir(root);
await import(pathToFileURL(outfile).href);
