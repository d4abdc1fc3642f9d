// Opens the workbench in Chromium with the extension loaded from a folder, and knows how to press its menus.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';

/**
 * @param {{ origin: string, folder: string, extension?: string, headless?: boolean, viewport?: { width: number, height: number } }} options
 *   `extension` is loaded from its source folder; leave it out when a VSIX is installed
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
  const page = context.pages()[0] ?? (await context.newPage());
  if (extension) await page.addInitScript(developFrom, extensionUri(origin, extension));
  await page.goto(`${origin}/?folder=${encodeURIComponent(folder)}`);
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
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
  const item = page.locator('.explorer-folders-view [role=treeitem]', { hasText: file });
  await item.waitFor({ timeout: 60_000 });
  const action = page.locator('.monaco-menu .action-item', { hasText: label });
  for (let attempt = 0; ; attempt++) {
    await item.click({ button: 'right' });
    try {
      await action.waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt > 15) throw error;
      await page.keyboard.press('Escape');
    }
  }
  // Menus ignore the mouse for a moment after they open: a fast click is swallowed.
  for (let attempt = 0; attempt < 10 && (await action.isVisible()); attempt++) {
    await page.waitForTimeout(250);
    await action.click({ timeout: 1000 }).catch(() => {});
    await action.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => {});
  }
}

/** Runs a command by the palette, by keyboard alone; it is opened again until the extension has registered the command. */
async function command(page, name) {
  const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: name }).first();
  for (let attempt = 0; ; attempt++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(`>${name}`);
    try {
      await row.waitFor({ timeout: 5000 });
      break;
    } catch (error) {
      if (attempt > 12) throw error;
      await page.keyboard.press('Escape');
    }
  }
  await page.keyboard.press('Enter');
}
