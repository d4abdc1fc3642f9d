import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

/** The predictions beside the rows of their table. */
export class PredictionsPage {
  constructor(private readonly workbench: Workbench) {}

  get grid(): Locator {
    return this.workbench.webview.getByRole('grid');
  }

  /** The rows that can be seen, without the header. */
  get rows(): Locator {
    return this.grid.locator('.body').getByRole('row');
  }

  /** Shows all, wrong or unsure rows. */
  async filter(name: 'All' | 'Wrong' | 'Unsure'): Promise<void> {
    const button = this.filterButton(name);
    await button.click();
    await this.workbench.webview.locator('button[aria-pressed=true]', { hasText: name }).waitFor();
  }

  /** How many rows a filter would show. */
  async count(name: 'All' | 'Wrong' | 'Unsure'): Promise<number> {
    const text = await this.filterButton(name).locator('.count').innerText();
    return Number(text.replace(/\D/gu, ''));
  }

  /** How many rows the grid holds, as the page says. */
  async rowsShown(): Promise<number> {
    const text = await this.workbench.webview.getByRole('status').innerText();
    return Number(/([\d,]+) rows? shown/u.exec(text)?.[1]?.replaceAll(',', ''));
  }

  /** Why the row was predicted as it was. */
  get inspector(): Locator {
    return this.workbench.webview.getByRole('complementary');
  }

  get prompt(): Locator {
    return this.inspector.getByLabel('The prompt, with the answer at its end');
  }

  /** The line of the table that the inspector is about. */
  async inspectedLine(): Promise<number> {
    const place = /line ([\d,]+)/u.exec(await this.inspector.locator('header').innerText());
    return Number(place?.[1]?.replaceAll(',', ''));
  }

  /** Presses Tab until the focus is in the grid. */
  async tabToGrid(): Promise<void> {
    const focused = this.grid.locator(':focus');
    for (let presses = 0; presses < 60 && (await focused.count()) === 0; presses++) {
      await this.workbench.page.keyboard.press('Tab');
    }
    await focused.waitFor();
  }

  private filterButton(name: string): Locator {
    return this.workbench.webview.getByRole('group', { name: 'Filter' }).getByRole('button', { name });
  }
}
