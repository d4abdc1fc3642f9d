import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

/** The panel of a run: under way, stopped or done. */
export class TrainingPage {
  constructor(private readonly workbench: Workbench) {}

  /** What the run is doing, or how it ended. */
  get state(): Locator {
    return this.workbench.webview.locator('.state');
  }

  /** A finished epoch in the table of losses. */
  epoch(epoch: number): Locator {
    return this.workbench.webview.getByRole('rowheader', { name: String(epoch), exact: true });
  }

  get epochs(): Locator {
    return this.workbench.webview.getByRole('table', { name: 'Losses by epoch' }).getByRole('rowheader');
  }

  async waitForState(state: 'running' | 'stopped' | 'failed' | 'done'): Promise<void> {
    // Training takes as long as it takes; this is only when to give up.
    await this.workbench.webview.locator(`.state[data-state=${state}]`).waitFor({ timeout: 240_000 });
  }

  async stop(): Promise<void> {
    await this.press('Stop');
  }

  async resume(): Promise<void> {
    await this.press('Resume');
  }

  async showPredictions(): Promise<void> {
    await this.press('Show Predictions');
  }

  private async press(name: string): Promise<void> {
    await this.workbench.webview.getByRole('button', { name, exact: true }).click();
  }
}
