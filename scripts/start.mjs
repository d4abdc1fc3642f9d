/**
 * `npm start`: the extension in a workbench, with sample tables open. Which workbench, and what happens where there is
 * none, is said by `npm start -- --help`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sampleWorkspace } from './workbench/sample-workspace.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const help = `npm start                 open the extension in a workbench, with sample tables
  VS Code, where its command "code" is on the PATH; else code-server from npm: in Chromium where there is a display,
  else at a printed address of this machine (127.0.0.1).
  Without "code" and without a terminal nobody would see a workbench: then the main job runs on the command line.

npm start -- --browser    code-server, also where VS Code is installed
npm start -- --serve      code-server at a printed address, until it is stopped by Ctrl-C
npm start -- --help       this text
npm run demo              the main job on the command line: fine-tune on iris.csv and predict its test rows`;

const { values } = parseArgs({
  options: { help: { type: 'boolean' }, browser: { type: 'boolean' }, serve: { type: 'boolean' } },
});

function run(script) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', script)], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function onPath(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => names.some((file) => existsSync(join(folder, file))));
}

if (values.help) {
  console.log(help);
} else if (onPath('code') && !values.browser && !values.serve) {
  run('build.mjs');
  const workspace = sampleWorkspace(root);
  console.log(`Opening VS Code on ${workspace}`);
  const { status } = spawnSync('code', ['--new-window', `--extensionDevelopmentPath=${root}`, workspace], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
} else if (process.stdout.isTTY || values.browser || values.serve) {
  run('build.mjs');
  const { openInBrowser } = await import('./workbench/browse.mjs');
  await openInBrowser(root, { window: !values.serve });
} else {
  run('demo.mjs');
  console.log(
    '\nThis was the main job on the command line, since there is neither VS Code ("code" on the PATH) nor a terminal.',
  );
  console.log('The editor: `npm start` in a terminal, or `npm start -- --serve` for a workbench at a printed address.');
}
