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

/**
 * Programs that run in Node: the oldest supported version is 20. Not minified: a stack in a log is to be read. ES modules
 * are preferred: jsonc-parser's other form asks for its parts by a `require` that no bundler can see.
 */
const node = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], external };

/** The hub's client is a large part of a program that is seldom needed: a bundle of its own, loaded at the first download. */
const hubApart = {
  name: 'hub-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^@huggingface\/hub$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './hub.js', external: true } : undefined,
    );
  },
};

/** The pages: one folder of `webview/` each. They run in the editor's Chromium. */
const pages = ['compare', 'predictions', 'recipe', 'training'];

/** Every bundle: where it starts and what it becomes. */
const program = { ...node, plugins: [hubApart] };
const targets = [
  { ...program, entryPoints: ['src/cli/main.ts'], outfile: 'cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...program, entryPoints: ['src/engine/engine-main.ts'], outfile: 'engine.js' },
  { ...program, entryPoints: ['src/extension/extension.ts'], outfile: 'extension.js' },
  { ...node, entryPoints: ['@huggingface/hub'], outfile: 'hub.js' },
];

const common = { absWorkingDir: root, bundle: true, sourcemap: true, logLevel: 'warning' };

/** The options of esbuild for one page, script and style sheet, with the files placed in `folder`. */
export function webviewOptions(page, folder = join(root, 'dist')) {
  return {
    ...common,
    entryPoints: [`webview/${page}/main.ts`],
    outfile: join(folder, 'webview', `${page}.js`),
    platform: 'browser',
    format: 'esm',
    target: 'chrome120',
    minify: true,
    loader: { '.ttf': 'file' },
  };
}

/** The options of esbuild for every target, with the files placed in `folder`. */
export function buildOptions(folder = join(root, 'dist')) {
  const programs = targets.map((target) => ({ ...common, ...target, outfile: join(folder, target.outfile) }));
  return [...programs, ...pages.map((page) => webviewOptions(page, folder))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--watch')) {
    for (const options of buildOptions()) await (await context({ ...options, logLevel: 'info' })).watch();
  } else {
    await Promise.all(buildOptions().map((options) => build(options)));
  }
}
