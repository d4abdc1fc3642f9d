import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'esbuild';
import { chromiumFlags, findChromium } from '../../scripts/workbench/chromium.mjs';
import { webviewOptions } from '../../scripts/build.mjs';
import themes from './fixtures/themes.json';

/** The four themes that every page is looked at in. */
export const themeNames = [
  'Dark Modern',
  'Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
] as const;
export type ThemeName = (typeof themeNames)[number];

const bodyClasses: Record<ThemeName, string> = {
  'Dark Modern': 'vscode-dark',
  'Light Modern': 'vscode-light',
  'Default High Contrast': 'vscode-high-contrast',
  'Default High Contrast Light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** Answers a page's request, as the extension host would. */
export type Answer = (method: string, params: unknown) => unknown;

export interface OpenedPage {
  readonly page: Page;
  /** Every request so far. */
  readonly requests: readonly { readonly method: string; readonly params: unknown }[];
  /** Errors that the page threw, and what its content security policy refused. */
  readonly errors: readonly string[];
  readonly send: (name: string, payload: unknown) => Promise<void>;
  /** Violations of accessibility rules that axe finds. */
  readonly violations: () => Promise<string[]>;
}

const policy =
  "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; script-src 'nonce-test'";
const axeSource = readFileSync(join('node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Whether this machine has a browser for the page tests; the reason is for the skip. */
export const missingBrowser = findChromium() === undefined ? 'no Chromium on this machine' : undefined;

/** The real bundles of the pages in a real browser; only the extension host is played by the test. */
export class PageHarness {
  private constructor(
    private readonly browser: Browser,
    private readonly assets: ReadonlyMap<string, string>,
  ) {}

  static async start(pageName: string): Promise<PageHarness> {
    const executablePath = findChromium();
    if (executablePath === undefined || !existsSync(executablePath)) throw new Error(missingBrowser);
    const options = webviewOptions(pageName);
    const { outputFiles } = await build({ ...options, write: false as const, sourcemap: false });
    const assets = new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]));
    return new PageHarness(await chromium.launch({ executablePath, args: chromiumFlags }), assets);
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }

  async open(
    pageName: string,
    theme: ThemeName,
    answer: Answer,
    viewport = { width: 1000, height: 800 },
  ): Promise<OpenedPage> {
    const context = await this.browser.newContext({ viewport });
    const page = await context.newPage();
    const requests: { method: string; params: unknown }[] = [];
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.exposeFunction('answerFromTest', (method: string, params: unknown) => {
      requests.push({ method, params });
      return answer(method, params);
    });
    await page.addInitScript(standIn);
    await page.route('http://lift.test/**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: documentOf(pageName, theme) });
      const body = this.assets.get(pathname);
      if (body === undefined) return route.fulfill({ status: 404 });
      return route.fulfill({ contentType: pathname.endsWith('.css') ? 'text/css' : 'text/javascript', body });
    });
    await page.goto('http://lift.test/');
    return {
      page,
      requests,
      errors,
      send: (name, payload) =>
        page.evaluate(
          (message) => {
            window.postMessage(message);
          },
          { type: 'event', name, payload },
        ),
      violations: async () => {
        await page.evaluate(axeSource);
        return page.evaluate(runAxe);
      },
    };
  }
}

function documentOf(pageName: string, theme: ThemeName): string {
  const variables = Object.entries(themes[theme]).map(([name, value]) => `${name}: ${value}`);
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${pageName}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="/${pageName}.css">
<script nonce="test">document.documentElement.style.cssText = ${JSON.stringify(variables.join('; '))};</script></head>
<body class="${bodyClasses[theme]}"><script type="module" nonce="test" src="/${pageName}.js"></script></body></html>`;
}

/** Runs in the page before its scripts: what the workbench gives to a page, answered by the test. */
function standIn(): void {
  const bridge = window as unknown as {
    answerFromTest: (method: string, params: unknown) => Promise<unknown>;
    acquireVsCodeApi: unknown;
  };
  let state: unknown;
  bridge.acquireVsCodeApi = () => ({
    getState: () => state,
    setState: (next: unknown) => {
      state = next;
    },
    postMessage: (message: { type: string; id: number; method: string; params: unknown }) => {
      if (message.type !== 'request') return;
      bridge.answerFromTest(message.method, message.params).then(
        (result) => {
          window.postMessage({ type: 'result', id: message.id, result });
        },
        (error: unknown) => {
          window.postMessage({
            type: 'error',
            id: message.id,
            error: { code: 'internal', message: String(error), hint: '' },
          });
        },
      );
    },
  });
}

async function runAxe(): Promise<string[]> {
  const { axe } = window as unknown as {
    axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
  };
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}
