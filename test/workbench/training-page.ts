import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

/** Training takes as long as it takes; this is only when to give up. */
const trainingPatience = 240_000;

/** The panel of a run: under way, stopped or done. */
export class TrainingPage {
  constructor(
    private readonly workbench: Workbench,
    private readonly patience = trainingPatience,
  ) {}

  /** Waits until an epoch stands in the table of losses. */
  async waitForEpoch(epoch: number): Promise<void> {
    const row = this.workbench.webview.getByRole('rowheader', { name: String(epoch), exact: true });
    await row.waitFor({ timeout: this.patience });
  }

  /** The epochs that are over. */
  get epochs(): Locator {
    return this.workbench.webview.getByRole('rowheader');
  }

  async waitForState(state: 'running' | 'stopped' | 'failed' | 'done'): Promise<void> {
    await this.workbench.webview.locator(`.state[data-state=${state}]`).waitFor({ timeout: this.patience });
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
