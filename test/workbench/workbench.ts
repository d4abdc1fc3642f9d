import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { OpenWorkbench } from '../../scripts/workbench/open.mjs';

/**
 * The workbench as a person meets it: the explorer, the palette, editors, notifications. Nothing waits for a time; every
 * wait is for something that can be seen.
 */
export class Workbench {
  readonly page: Page;

  constructor(private readonly opened: OpenWorkbench) {
    this.page = opened.page;
  }

  /** Right-clicks a file of the explorer and chooses from its menu. */
  async rightClick(file: string, label: string): Promise<void> {
    await this.opened.menu(file, label);
  }

  async openFile(file: string): Promise<void> {
    await this.explorerItem(file).dblclick();
    await this.tab(file).waitFor();
  }

  /** Right-clicks a run in the side bar's view of runs and chooses from its menu. */
  async menuOfRun(name: string, label: string): Promise<void> {
    await this.run('LIFT: Focus on Runs View');
    const run = this.page.locator('.pane-body').getByRole('treeitem', { name: new RegExp(`^${name}, `, 'u') });
    const action = this.page.locator('.monaco-menu .action-item', { hasText: label });
    await run.first().click({ button: 'right' });
    await action.waitFor();
    // Menus ignore the mouse for a moment after they open.
    while (await action.isVisible()) await action.click({ delay: 200 }).catch(() => undefined);
  }

  explorerItem(name: string): Locator {
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true });
  }

  /** Runs a command by the palette, by keyboard alone. */
  async run(command: string): Promise<void> {
    await this.opened.command(command);
  }

  /** Chooses from the list that a command has opened, by keyboard alone. */
  async choose(label: string): Promise<void> {
    const list = this.page.locator('.quick-input-widget');
    await list.locator('.monaco-list-row', { hasText: label }).first().waitFor();
    await this.page.keyboard.type(label);
    await list.locator('.monaco-list-row.focused', { hasText: label }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Chooses from a list with a title that may be longer than what is seen of it, by keyboard alone. */
  async chooseFrom(title: string, label: string): Promise<void> {
    const list = this.page.locator('.quick-input-widget');
    await list.locator('.quick-input-title', { hasText: title }).waitFor();
    await this.question.field.fill(label);
    await list.locator('.monaco-list-row.focused', { hasText: label }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** What a command asks for in words: the field that it has opened, and what is wrong with what stands in it. */
  get question(): { readonly field: Locator; readonly message: Locator } {
    const widget = this.page.locator('.quick-input-widget');
    return { field: widget.locator('input').first(), message: widget.locator('.quick-input-message') };
  }

  /** Answers the question with this prompt, by keyboard alone. */
  async answer(prompt: string | RegExp, text: string): Promise<void> {
    const { field, message } = this.question;
    await message.filter({ hasText: prompt }).waitFor();
    await field.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Takes the file that is suggested where a command asks where to save, or another name in the same folder. */
  async saveAs(suggested: RegExp, name?: string): Promise<void> {
    const { field } = this.question;
    // The suggestion comes some time after the dialog.
    const value = "document.querySelector('.quick-input-widget input')?.value ?? ''";
    await this.page.waitForFunction(`${String(suggested)}.test(${value})`);
    if (name !== undefined) await field.fill((await field.inputValue()).replace(/[^/]*$/u, name));
    await this.page.keyboard.press('Enter');
  }

  tab(title: string): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name: title });
  }

  /** The page of the extension that is shown; one at a time. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** The dialog that asks before something is done. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** The tab of a file with changes that are not saved. */
  unsaved(file: string): Locator {
    return this.page.locator('.tabs-container .tab.dirty', { hasText: file });
  }

  /** Trusts the workspace where trust is managed. */
  async trust(): Promise<void> {
    await this.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await this.page.locator('.workspace-trust-editor.trusted').waitFor();
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  /** The text editor of a file. */
  textEditor(file: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor[data-uri$="/${file}"]`);
  }

  /** Goes to a line of the text editor, by keyboard alone. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.page.locator('.quick-input-widget input').first().waitFor();
    await this.page.keyboard.type(String(line));
    await this.page.keyboard.press('Enter');
    await this.statusBar(`Ln ${line}, Col`).waitFor();
  }

  /** The notes that an extension writes behind the lines of a text editor. */
  get lineEndings(): Locator {
    return this.page.locator('.view-line span[class*=ced-]');
  }

  /** Clears the notifications that are shown. */
  async hideNotifications(): Promise<void> {
    const toasts = this.page.locator('.notification-toast');
    if ((await toasts.count()) > 0) await this.run('Notifications: Clear All Notifications');
    await toasts.first().waitFor({ state: 'detached' });
  }

  /** Loads the window again, as closing and opening it would. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded');
    await this.run('Developer: Reload Window');
    await loaded;
    await this.page.locator('.monaco-workbench').waitFor();
  }

  async close(): Promise<void> {
    await this.opened.close();
  }
}
