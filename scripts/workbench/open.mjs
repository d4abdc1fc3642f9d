// Opens the workbench in Chromium with the extension loaded from a folder, and knows how to press its menus.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';

/** No wait is a fixed one: each ends with its condition. This is only when to give up, on a machine under heavy load. */
const patience = 90_000;

/**
 * @param {{ origin: string, folder: string, extension?: string, headless?: boolean, viewport?: { width: number, height: number } }} options
 *   `extension` is loaded from its folder; leave it out when a VSIX is installed
 */
export async function openWorkbench({
  origin,
  folder,
  extension,
  headless = true,
  viewport = { width: 1280, height: 800 },
}) {
  const profile = mkdtempSync(join(tmpdir(), 'lift-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless,
    viewport: headless ? viewport : null,
    args: chromiumFlags,
  });
  context.setDefaultTimeout(patience);
  const page = context.pages()[0] ?? (await context.newPage());
  if (extension) await page.addInitScript(developFrom, extensionUri(origin, extension));
  await page.goto(`${origin}/?folder=${encodeURIComponent(folder)}`, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench').waitFor();
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { page, close, menu: (file, label) => contextMenu(page, file, label), command: (name) => command(page, name) };
}

function extensionUri(origin, path) {
  return { scheme: 'vscode-remote', authority: new URL(origin).host, path };
}

/**
 * Runs in the page before its scripts: adds the extension to the options that the workbench reads at its start. (Serving a
 * changed document instead would lose the loopback address space, without which Chromium refuses the web socket.)
 */
function developFrom(extension) {
  if (window !== window.top) return;
  const patch = () => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta || meta.dataset.patched) return;
    const settings = JSON.parse(meta.getAttribute('data-settings'));
    settings.developmentOptions = { ...settings.developmentOptions, extensions: [extension] };
    meta.setAttribute('data-settings', JSON.stringify(settings));
    meta.dataset.patched = '1';
  };
  new MutationObserver(patch).observe(document, { childList: true, subtree: true });
  document.addEventListener('readystatechange', patch);
}

/** Chooses an item of a file's context menu in the explorer. The menu is a snapshot: it is opened again until the item is in it. */
async function contextMenu(page, file, label) {
  const item = page.locator('.explorer-folders-view').getByRole('treeitem', { name: file, exact: true });
  const action = page.locator('.monaco-menu .action-item', { hasText: label });
  await until(async () => {
    await page.keyboard.press('Escape');
    await item.click({ button: 'right' });
    await page.locator('.monaco-menu .action-item').first().waitFor({ timeout: 10_000 });
    if (!(await action.isVisible())) throw new Error('it is not in the menu');
  }, `“${label}” in the menu of ${file}`);
  // Menus ignore the mouse for a moment after they open: a fast click is swallowed, and made again.
  await until(async () => {
    if (!(await action.isVisible())) return;
    await action.click({ timeout: 1000, delay: 50 }).catch(() => {});
    await action.waitFor({ state: 'hidden', timeout: 1000 });
  }, `a click on “${label}”`);
}

/** Runs a command by the palette, by keyboard alone; it is asked for again until the extension has registered the command. */
async function command(page, name) {
  const input = page.locator('.quick-input-widget input').first();
  const focused = page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: name });
  await until(async () => {
    // Keys that come before the workbench listens are lost.
    if (!(await input.isVisible())) await page.keyboard.press('F1');
    await input.waitFor({ timeout: 10_000 });
    await input.fill('>', { timeout: 5000 });
    await input.fill(`>${name}`, { timeout: 5000 });
    await focused.waitFor({ timeout: 10_000 });
  }, `the command “${name}”`);
  await page.keyboard.press('Enter');
}

/** Tries until it does not fail. */
async function until(attempt, what) {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}: ${error.message}`, { cause: error });
    }
  }
}
