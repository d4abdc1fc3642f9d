import type { Page } from 'playwright-core';

/** What a person can do something with. */
const controls = 'button, input, select, textarea, summary, vscode-button, [role=columnheader], [role=option]';

/** The controls of a page that a pointer cannot come to, though they are shown: cut off, or under something else. */
export async function unreachableControls(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const control of await page.locator(controls).filter({ visible: true }).all()) {
    try {
      await control.click({ trial: true, timeout: 5000 });
    } catch {
      // A disabled control waits for something else.
      if (await control.isEnabled()) found.push(await control.evaluate(({ outerHTML }) => outerHTML.slice(0, 200)));
    }
  }
  return found;
}

/** Pixels by which a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
