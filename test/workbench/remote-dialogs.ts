import type { Workbench } from './workbench';

/** What is asked one after the other before a run elsewhere begins. */
export class RemoteDialogs {
  constructor(private readonly workbench: Workbench) {}

  /** From the palette to a recipe and a kind of place. */
  async begin(recipe: string, place: string): Promise<void> {
    await this.workbench.run('LIFT: Fine-Tune Remotely…');
    await this.workbench.choose(recipe);
    await this.workbench.choose(place);
  }

  /** Waits for the box that asks for something, and takes what stands in it, or types something else. */
  async answer(question: string, text?: string): Promise<void> {
    const { page } = this.workbench;
    const box = page.locator('.quick-input-widget', { hasText: question });
    await box.waitFor();
    if (text !== undefined) await box.locator('input').first().fill(text);
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  /** What would be sent, as the dialog says. */
  async whatWouldBeSent(): Promise<string> {
    await this.workbench.dialog.getByText('Rows:').waitFor();
    return this.workbench.dialog.innerText();
  }
}
