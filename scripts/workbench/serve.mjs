// Starts the workbench on loopback with its own home, settings and extensions, and stops it again.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { installWorkbench } from './install.mjs';

const quietSettings = {
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function environmentOf(home) {
  const environment = { ...process.env, HOME: home, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  delete environment.VSCODE_IPC_HOOK_CLI;
  return environment;
}

/**
 * @param {{ folder: string, settings?: Record<string, unknown>, vsix?: string, port?: number }} options
 *   `folder` holds everything this server writes; `vsix` is installed before the start
 * @returns {Promise<{ origin: string, log: string, stop: () => Promise<void> }>}
 */
export async function serveWorkbench({ folder, settings = {}, vsix, port }) {
  const { node, entry } = installWorkbench();
  const home = join(folder, 'home');
  const data = join(folder, 'data');
  const extensions = join(folder, 'extensions');
  const log = join(folder, 'server.log');
  for (const path of [home, join(data, 'User'), join(data, 'Machine'), extensions])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  // Settings of the machine's scope are taken from here, since to the browser the server is a remote machine.
  writeFileSync(join(data, 'Machine', 'settings.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'config.yaml'), '');

  const chosenPort = port ?? (await freePort());
  const common = ['--config', join(folder, 'config.yaml'), '--user-data-dir', data, '--extensions-dir', extensions];
  const output = openSync(log, 'a');
  const spawnServer = (args) =>
    spawn(node, [entry, ...common, ...args], { env: environmentOf(home), stdio: ['ignore', output, output] });

  if (vsix) {
    const code = await new Promise((resolve) => spawnServer(['--install-extension', vsix]).once('exit', resolve));
    if (code !== 0) throw new Error(`Installing ${vsix} failed:\n${readFileSync(log, 'utf8')}`);
  }
  const server = spawnServer([
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${chosenPort}`, '--reconnection-grace-time', '10'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(settings['security.workspace.trust.enabled'] ? [] : ['--disable-workspace-trust']),
  ]);
  closeSync(output);
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const origin = `http://127.0.0.1:${chosenPort}`;
  await healthy(origin, server, log);
  return {
    origin,
    log,
    stop: async () => {
      server.kill();
      await exited;
    },
  };
}

async function healthy(origin, server, log) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) break;
    try {
      if ((await fetch(`${origin}/healthz`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  throw new Error(`The workbench did not start:\n${readFileSync(log, 'utf8')}`);
}
