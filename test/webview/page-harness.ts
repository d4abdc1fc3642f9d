import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
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

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  /** Device pixels a pixel: half the width and height at 2 is a zoom of 200 %. */
  readonly deviceScaleFactor?: number;
  /** Translations by the English text. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** A window of 1280 × 800 pixels at a zoom of 200 %. */
export const zoomed: OpenOptions = { width: 640, height: 400, deviceScaleFactor: 2 };

export interface OpenedPage {
  readonly page: Page;
  /** What the page was told, in the order of its requests. */
  readonly answers: readonly unknown[];
  /** Every request so far. */
  readonly requests: readonly { readonly method: string; readonly params: unknown }[];
  /** Errors that the page threw, and what its content security policy refused. */
  readonly errors: readonly string[];
  readonly send: (name: string, payload: unknown) => Promise<void>;
  /** Violations of accessibility rules that axe finds; in another than the first theme only of those that depend on it. */
  readonly violations: (theme?: ThemeName) => Promise<string[]>;
  /** As when the user changes the theme. */
  readonly useTheme: (theme: ThemeName) => Promise<void>;
}

/** All other rules look at what is the same in every theme, and take most of the time. */
const colourRules = ['color-contrast', 'link-in-text-block'];

const policy =
  "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; script-src 'nonce-test'";
const axeSource = readFileSync(join('node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Whether this machine has a browser for the page tests; the reason is for the skip. */
export const missingBrowser = findChromium() === undefined ? 'no Chromium on this machine' : undefined;

/** The real bundles of the pages in a real browser; only the extension host is played by the test. */
export class PageHarness {
  private context: BrowserContext | undefined;

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

  /** Opens a page; the one before is closed. */
  async open(pageName: string, theme: ThemeName, answer: Answer, options: OpenOptions = {}): Promise<OpenedPage> {
    const { width = 1000, height = 800, deviceScaleFactor = 1, texts = {} } = options;
    await this.context?.close();
    this.context = await this.browser.newContext({ viewport: { width, height }, deviceScaleFactor });
    const page = await this.context.newPage();
    const requests: { method: string; params: unknown }[] = [];
    const answers: unknown[] = [];
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.exposeFunction('answerFromTest', async (method: string, params: unknown) => {
      requests.push({ method, params });
      try {
        const given = await answer(method, params);
        answers.push(given);
        return given;
      } catch (error) {
        answers.push(String(error));
        throw error;
      }
    });
    await page.addInitScript(standIn);
    await page.route('http://lift.test/**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/')
        return route.fulfill({ contentType: 'text/html', body: documentOf(pageName, theme, texts) });
      const body = this.assets.get(pathname);
      if (body === undefined) return route.fulfill({ status: 404 });
      return route.fulfill({ contentType: pathname.endsWith('.css') ? 'text/css' : 'text/javascript', body });
    });
    await page.goto('http://lift.test/');
    return {
      page,
      requests,
      answers,
      errors,
      send: (name, payload) =>
        page.evaluate(
          (message) => {
            window.postMessage(message);
          },
          { type: 'event', name, payload },
        ),
      violations: async (shown = themeNames[0]) => {
        if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
        return page.evaluate(runAxe, shown === themeNames[0] ? undefined : colourRules);
      },
      useTheme: (next) =>
        page.evaluate(
          async ([variables, className]) => {
            document.documentElement.style.cssText = variables;
            document.body.className = className;
            // The toolkit hears of the class after this task, and writes its colours in the frame that follows.
            for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
          },
          [variablesOf(next), bodyClasses[next]] as const,
        ),
    };
  }
}

function variablesOf(theme: ThemeName): string {
  return Object.entries(themes[theme])
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

function documentOf(pageName: string, theme: ThemeName, texts: Readonly<Record<string, string>>): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${pageName}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="texts" content="${JSON.stringify(texts).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">
<link rel="stylesheet" href="/${pageName}.css">
<script nonce="test">document.documentElement.style.cssText = ${JSON.stringify(variablesOf(theme))};</script></head>
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

async function runAxe(rules: readonly string[] | undefined): Promise<string[]> {
  const { axe } = window as unknown as {
    axe: {
      run: (options: {
        runOnly?: readonly string[];
      }) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    };
  };
  const { violations } = await axe.run(rules ? { runOnly: rules } : {});
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}
