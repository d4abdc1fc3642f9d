import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

/** The prompt editor. */
export class RecipePage {
  constructor(private readonly workbench: Workbench) {}

  /** Waits until it shows a row as the model will read it. */
  async waitForPreview(): Promise<void> {
    await this.preview.waitFor();
  }

  /** The very text that the model reads. */
  get preview(): Locator {
    return this.workbench.webview.getByLabel('The text the model reads');
  }

  get question(): Locator {
    return this.workbench.webview.getByLabel('Question', { exact: true });
  }

  /** What is wrong with the document. */
  get problems(): Locator {
    return this.workbench.webview.getByRole('alert');
  }

  /** Starts from a built-in template, and waits until the document has it. */
  async chooseTemplate(name: string): Promise<void> {
    const button = this.workbench.webview.getByRole('button', { name, exact: true });
    await button.click();
    await this.workbench.webview.locator(`vscode-button[aria-pressed=true]`, { hasText: name }).waitFor();
    await this.workbench.webview.locator('[aria-busy=false]').waitFor();
  }

  /** What is said of the model: its size, or that it is not here. */
  get modelFacts(): Locator {
    return this.workbench.webview.getByRole('region', { name: 'Model and training' });
  }

  async downloadModel(): Promise<void> {
    await this.workbench.webview.getByRole('button', { name: 'Download…' }).click();
  }

  get fineTuneButton(): Locator {
    return this.workbench.webview.getByRole('button', { name: 'Fine-Tune' });
  }

  async fineTune(): Promise<void> {
    await this.fineTuneButton.click();
  }

  /** What is said when the workspace is not trusted. */
  get restriction(): Locator {
    return this.workbench.webview.getByText('This workspace is in Restricted Mode');
  }

  async manageTrust(): Promise<void> {
    await this.workbench.webview.getByRole('button', { name: 'Manage Workspace Trust' }).click();
  }

  async openAsText(): Promise<void> {
    await this.workbench.webview.getByRole('button', { name: 'Open as Text' }).click();
  }
}
