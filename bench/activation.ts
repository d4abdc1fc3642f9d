/**
 * How long the editor waits for the extension: loading its code and activating it, as the workbench itself measures it
 * (Developer: Show Running Extensions), with the packaged extension installed and a table in the workspace.
 *
 *   node bench/run.mjs activation [--opens 5]
 *
 * On a machine with other work the least of the figures says most, and the extensions that come with the workbench, which
 * are listed beside, are what to compare with.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openWorkbench } from '../scripts/workbench/open.mjs';
import { serveWorkbench } from '../scripts/workbench/serve.mjs';

const { values } = parseArgs({ options: { opens: { type: 'string', default: '5' } } });
const patience = { timeout: 120_000 };
const folder = mkdtempSync(join(tmpdir(), 'lift-activation-'));
const workspace = join(folder, 'workspace');
mkdirSync(workspace);
cpSync(join('media', 'samples', 'iris.csv'), join(workspace, 'iris.csv'));
const vsix = join(folder, 'lift.vsix');
spawnSync(process.execPath, [join('scripts', 'package.mjs'), '--out', vsix]);

const server = await serveWorkbench({ folder, vsix });
const times: number[] = [];
try {
  for (let open = 0; open < Number(values.opens); open++) {
    const workbench = await openWorkbench({ origin: server.origin, folder: workspace });
    const all = await activationTimes(workbench.page);
    times.push(all.find(([name]) => name.startsWith('LIFT'))![1]);
    console.log(all.map(([name, time]) => `${name} ${time} ms`).join(', '));
    await workbench.close();
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
times.sort((a, b) => a - b);
console.log(`Activation, in ms: ${times.join(', ')}; the least ${times[0]!}, the median ${times[times.length >> 1]!}`);

/** Wakes the extension by opening its view, and reads what the workbench says of all that run. */
async function activationTimes(page: Page): Promise<[name: string, ms: number][]> {
  await page.locator('.activitybar .action-item a[aria-label^="LIFT"]').click(patience);
  await page.getByRole('button', { name: 'Open a Sample Table' }).waitFor(patience);
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill('>Developer: Show Running Extensions');
  const choice = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Show Running Extensions' });
  await choice.first().click(patience);
  const rows = page.locator('.runtime-extensions-editor .extension');
  await rows.filter({ hasText: 'LIFT' }).locator('.activation-time').waitFor(patience);
  const found: [string, number][] = [];
  for (const row of await rows.all()) {
    const time = /(\d+)\s*ms/.exec(await row.locator('.activation-time').innerText())?.[1];
    if (time !== undefined) found.push([await row.locator('.name').innerText(), Number(time)]);
  }
  return found;
}
