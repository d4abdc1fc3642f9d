/**
 * The editor on large tables, with the packaged extension in a real workbench:
 *
 *   node bench/run.mjs editor-preview [--mb 500] [--rows 1000000] [--keys 60]
 *
 * First a table of `--mb` megabytes: how long from the click on “Fine-tune with LIFT” to the first row in the preview, the
 * memory of the extension host before it, at its peak and while the table is read on, and how long a cancelled reading goes
 * on. Then a table of `--rows` rows: from a keystroke in the template to the preview with it on the screen. Beside each time
 * stands what the machine was busy with: with more work than cores they say little, and processor times say more.
 */
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Frame, Locator, Page } from 'playwright-core';
import { openWorkbench } from '../scripts/workbench/open.mjs';
import { serveWorkbench } from '../scripts/workbench/serve.mjs';
import { Random } from '../src/core/foundation/random';

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '500' },
    rows: { type: 'string', default: '1000000' },
    keys: { type: 'string', default: '60' },
  },
});
/** Runs in the page: `shown` becomes the time from a key to the frame that shows the preview with it, in milliseconds. */
const watchKeys = `
  window.addEventListener('keydown', (event) => {
    window.shown = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => {
          // A message that is sent in a frame comes after the frame is on the screen.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - event.timeStamp);
          port2.postMessage(null);
        });
      });
      observer.observe(document.querySelector('.prompt'), { subtree: true, childList: true, characterData: true });
    });
  }, { capture: true })`;

const patience = { timeout: 300_000 };
const folder = mkdtempSync(join(tmpdir(), 'lift-editor-preview-'));
const workspace = join(folder, 'workspace');
mkdirSync(workspace);
const vsix = join(folder, 'lift.vsix');
spawnSync(process.execPath, [join('scripts', 'package.mjs'), '--out', vsix]);
const largeRows = await writeTable(join(workspace, 'large.csv'), { bytes: Number(values.mb) * 1e6 });
await writeTable(join(workspace, 'long.csv'), { rows: Number(values.rows) });

const server = await serveWorkbench({ folder, vsix });
try {
  const { page, menu, command, close } = await openWorkbench({ origin: server.origin, folder: workspace });
  await page
    .locator('.explorer-folders-view')
    .getByRole('treeitem', { name: 'large.csv', exact: true })
    .waitFor(patience);
  const host = await extensionHost();
  await atRest(host);
  const before = memory(host);
  const worked = processorTime(host);
  const begun = performance.now();
  await menu('large.csv', 'Fine-tune with LIFT');
  const clicked = performance.now();
  await preview(page).waitFor(patience);
  const seconds = (performance.now() - clicked) / 1000;
  say(
    `${values.mb} MB, ${largeRows} rows: first row ${seconds.toFixed(2)} s after the click (menu ${((clicked - begun) / 1000).toFixed(1)} s)`,
  );
  say(
    `Extension host: ${before.now} MB before, ${memory(host).now} MB with the first row, for which it worked ${(processorTime(host) - worked).toFixed(2)} s`,
  );

  // Closing the editor ends the reading: the host's processor time stands still.
  await page.waitForTimeout(1000);
  await command('View: Close All Editors');
  await preview(page).waitFor({ ...patience, state: 'detached' });
  const atClose = processorTime(host);
  await page.waitForTimeout(2000);
  say(
    `Closed while it was being read: the extension host worked ${(processorTime(host) - atClose).toFixed(2)} s in the next 2 s`,
  );

  await menu('large.csv', 'Fine-tune with LIFT');
  await preview(page).waitFor(patience);
  const read = performance.now();
  await page
    .frameLocator('iframe.webview.ready')
    .frameLocator('iframe#active-frame')
    .getByText('These are the first rows')
    .waitFor({ ...patience, state: 'detached' });
  say(
    `Whole table read after ${((performance.now() - read) / 1000).toFixed(1)} s more; extension host at its peak: ${memory(host).peak} MB`,
  );

  await menu('long.csv', 'Fine-tune with LIFT');
  await page.locator('.tab.active', { hasText: 'long.lift.json' }).waitFor(patience);
  const times = await keystrokes(page, Number(values.keys));
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.min(times.length - 1, Math.floor(share * times.length))]!.toFixed(1);
  say(
    `${values.rows} rows, ${times.length} keystrokes to the preview on the screen, in ms: median ${at(0.5)}, 95th percentile ${at(0.95)}, most ${at(1)}`,
  );
  await close();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function say(line: string): void {
  console.log(`${line} (load ${loadavg()[0]!.toFixed(1)})`);
}

function preview(page: Page): Locator {
  return page
    .frameLocator('iframe.webview.ready')
    .frameLocator('iframe#active-frame')
    .getByLabel('The text the model reads');
}

/** Types into the question, key by key, and measures each until the frame after the preview has changed. */
async function keystrokes(page: Page, count: number): Promise<number[]> {
  await preview(page).waitFor(patience);
  const frame = await pageOf(page);
  await frame.getByLabel('Question', { exact: true }).click();
  await page.keyboard.press('Home');
  await frame.evaluate(watchKeys);
  const times: number[] = [];
  for (let key = 0; key < count; key++) {
    await page.keyboard.press('abcdefghij'[key % 10]!);
    times.push(await frame.evaluate<number>('window.shown'));
    await page.waitForTimeout(150);
  }
  return times;
}

async function pageOf(page: Page): Promise<Frame> {
  for (;;) {
    for (const frame of page.frames()) {
      if (
        await frame
          .locator('.prompt')
          .isVisible()
          .catch(() => false)
      )
        return frame;
    }
    await page.waitForTimeout(100);
  }
}

/** The process id of the server's extension host. */
async function extensionHost(): Promise<number> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = findExtensionHost();
    if (found !== undefined) return Number(found);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The extension host is not found among the processes.');
}

function findExtensionHost(): string | undefined {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return ids.find((id) => {
    try {
      const line = readFileSync(join('/proc', id, 'cmdline'), 'utf8');
      const environment = readFileSync(join('/proc', id, 'environ'), 'utf8');
      return line.includes('--type=extensionHost') && environment.includes(folder);
    } catch {
      return false;
    }
  });
}

/** Until the process has nothing to do for two seconds: what starts with the workbench is not ours. */
async function atRest(id: number): Promise<void> {
  for (let worked = Infinity; worked > 0.05;) {
    const before = processorTime(id);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    worked = processorTime(id) - before;
  }
}

/** Resident memory now and at its peak, in MB. */
function memory(id: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  const of = (name: string): number =>
    Math.round((Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)![1]) * 1024) / 1e6);
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

/** Processor time in seconds; Linux counts it in hundredths. */
function processorTime(id: number): number {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A table of numbers and words, until it has so many bytes or rows. */
async function writeTable(path: string, { bytes = Infinity, rows = Infinity }): Promise<number> {
  const random = new Random(0);
  const number = (scale: number, digits: number): string => (scale * random.next()).toFixed(digits);
  const ends = Array.from({ length: 50_000 }, () => {
    const plan = ['basic', 'plus', 'pro'][random.below(3)]!;
    const churn = random.next() < 0.3 ? 'yes' : 'no';
    return `region-${random.below(12)},${18 + random.below(60)},${number(100, 3)},${number(10, 4)},${plan},${churn}\n`;
  });
  const file = createWriteStream(path);
  file.write('customer,visits,region,age,income,score,plan,churn\n');
  let written = 0;
  let count = 0;
  while (written < bytes && count < rows) {
    let text = '';
    for (const end of ends) {
      if (count < rows) text += `${count},${count++ % 997},${end}`;
    }
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return count;
}
