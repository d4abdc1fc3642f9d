// Writes the colours that our pages use, as the workbench's own themes define them, for the page tests:
//   node scripts/workbench/capture-themes.mjs > test/webview/fixtures/themes.json
import { readFileSync, readdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';
import { serveWorkbench } from './serve.mjs';

const themes = ['Dark Modern', 'Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

const sources = readdirSync('webview', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const text = sources.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
const toolkit = readFileSync('node_modules/@vscode/webview-ui-toolkit/dist/toolkit.js', 'utf8');
const used = new Set([
  ...[...(text + toolkit).matchAll(/--vscode-[A-Za-z0-9-]+/g)].map(([name]) => name),
  ...[...text.matchAll(/themeColor\('([A-Za-z0-9-]+)'\)/g)].map(([, name]) => `--vscode-${name}`),
]);

const captured = {};
for (const theme of themes) {
  const folder = mkdtempSync(join(tmpdir(), 'lift-themes-'));
  const server = await serveWorkbench({ folder, settings: { 'workbench.colorTheme': theme } });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  const page = await browser.newPage();
  await page.goto(`${server.origin}/?folder=${encodeURIComponent(folder)}`);
  await page.locator('.explorer-folders-view [role=treeitem]').first().waitFor({ timeout: 60_000 });
  // The workbench starts in a stand-in theme; the class names the real one once its extension has delivered it.
  await page.locator('.monaco-workbench[class*=vscode-theme-defaults]').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  captured[theme] = await page.evaluate(
    (names) => {
      const style = getComputedStyle(document.querySelector('.monaco-workbench'));
      return Object.fromEntries(
        names.map((name) => [name, style.getPropertyValue(name).trim()]).filter(([, value]) => value),
      );
    },
    [...used].sort(),
  );
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
const fonts = {
  '--vscode-font-family': 'system-ui, sans-serif',
  '--vscode-font-size': '13px',
  '--vscode-editor-font-family': 'monospace',
  '--vscode-editor-font-size': '14px',
};
for (const colors of Object.values(captured)) Object.assign(colors, fonts);
console.log(JSON.stringify(captured, null, 1));
