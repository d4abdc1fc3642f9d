// The workbench for a person: code-server on loopback with the extension of this folder, in Chromium or at an address.
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { openWorkbench } from './open.mjs';
import { sampleWorkspace } from './sample-workspace.mjs';
import { serveWorkbench } from './serve.mjs';

/**
 * Serves the workbench until its window is closed or Ctrl-C is pressed.
 *
 * @param {string} root the project's folder, built
 * @param {{ window: boolean }} options whether to open a window where there is a display
 */
export async function openInBrowser(root, { window }) {
  const folder = join(root, '.cache', 'workbench');
  installFromSource(root, join(folder, 'extensions'));
  const server = await serveWorkbench({ folder });
  const workspace = sampleWorkspace(root);
  const address = `${server.origin}/?folder=${encodeURIComponent(workspace)}`;
  console.log(`The workbench is at ${address}\nCtrl-C stops it.`);

  const stopped = new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const opened = window && hasDisplay() && findChromium() ? await openWindow(server.origin, workspace) : undefined;
  await Promise.race([stopped, ...(opened ? [opened.closed] : [])]);
  await opened?.close();
  await server.stop();
}

/** The server takes every folder beside its list of extensions; without that list it makes it anew. */
function installFromSource(root, extensions) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  symlinkSync(root, join(extensions, `${publisher}.${name}-${version}`), 'dir');
}

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === 'darwin' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
}

async function openWindow(origin, folder) {
  const { page, close } = await openWorkbench({ origin, folder, headless: false });
  return { closed: new Promise((resolve) => page.once('close', resolve)), close };
}
