import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../scripts/workbench/chromium.mjs';
import { openWorkbench } from '../../scripts/workbench/open.mjs';
import type { OpenWorkbench } from '../../scripts/workbench/open.mjs';
import { serveWorkbench } from '../../scripts/workbench/serve.mjs';
import type { ServedWorkbench } from '../../scripts/workbench/serve.mjs';

/** Takes minutes and a whole workbench: run with LIFT_WORKBENCH=1, after `npm run build`. */
const missing = findChromium() === undefined || process.env.LIFT_WORKBENCH === undefined;

/** The extension in the real workbench, from its source folder: the bundles must be built. */
describe.skipIf(missing)('in the workbench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lift-workbench-'));
  const workspace = join(folder, 'workspace');
  let server: ServedWorkbench;
  let opened: OpenWorkbench;

  beforeAll(async () => {
    mkdirSync(workspace);
    cpSync(join('media', 'samples', 'iris.csv'), join(workspace, 'iris.csv'));
    server = await serveWorkbench({ folder });
    opened = await openWorkbench({ origin: server.origin, folder: workspace, extension: resolve('.') });
  }, 300_000);

  afterAll(async () => {
    await opened.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function activePage(): FrameLocator {
    return opened.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  it('goes from the explorer’s menu over the prompt editor to a finished run', { timeout: 600_000 }, async () => {
    await opened.menu('iris.csv', 'Fine-tune with LIFT');
    await activePage().getByLabel('The text the model reads').waitFor({ timeout: 120_000 });
    expect(await activePage().getByLabel('The text the model reads').innerText()).toContain('@@@');

    await activePage().getByRole('button', { name: 'Fine-Tune' }).click();
    await opened.page.locator('.statusbar-item', { hasText: 'LIFT' }).first().waitFor({ timeout: 120_000 });
    const done = opened.page.locator('.notification-toast', { hasText: 'is fine-tuned' });
    await done.waitFor({ timeout: 480_000 });

    const [run] = readdirSync(join(workspace, '.lift', 'runs')).filter((name) => name.includes('iris'));
    expect(readdirSync(join(workspace, '.lift', 'runs', run!))).toContain('predictions.csv');
  });
});
