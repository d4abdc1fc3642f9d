import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inferRecipe } from '../../src/core/recipe/infer/infer-recipe';
import { writeRecipe } from '../../src/core/recipe/document/write-recipe';
import { readTable } from '../../src/core/table/read-table';
import { applyChanges } from '../../src/extension/recipe/recipe-edits';
import { RecipeSession } from '../../src/extension/recipe/recipe-session';
import type { RecipeChange } from '../../src/shared/recipe-view';
import { PageHarness, missingBrowser, themeNames, zoomed } from './page-harness';
import type { Answer, OpenOptions, OpenedPage, ThemeName } from './page-harness';
import { overflow, unreachableControls } from './reachable';
import { bracketed, templateWords, untranslatedWords } from './untranslated';

const iris = resolve('media', 'samples', 'iris.csv');

/** The page with the real session behind it; only the workbench's document is a plain file here. */
class EditedDocument {
  private constructor(
    readonly path: string,
    private readonly session: RecipeSession,
  ) {}

  static async create(folder: string): Promise<EditedDocument> {
    const path = join(folder, `${Math.random().toString(36).slice(2)}.lift.json`);
    const { recipe } = inferRecipe(await readTable(iris), { path: iris });
    await writeFile(path, writeRecipe(recipe));
    return new EditedDocument(path, new RecipeSession(path));
  }

  async view(): Promise<ReturnType<RecipeSession['view']>> {
    this.session.takeText(await readFile(this.path, 'utf8'));
    await this.session.update();
    return this.session.view(true);
  }

  readonly answer: Answer = async (method, params) => {
    switch (method) {
      case 'ready':
        return this.view();
      case 'row':
        return this.session.previewRow((params as { row: number }).row);
      case 'edit': {
        const { changes } = params as { changes: RecipeChange[] };
        await writeFile(this.path, applyChanges(await readFile(this.path, 'utf8'), changes));
        return undefined;
      }
      case 'countTokens':
        return (params as { texts: string[] }).texts.map((text) => text.length);
      default:
        return undefined;
    }
  };
}

describe.skipIf(missingBrowser)('the prompt editor', () => {
  let harness: PageHarness;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lift-recipe-page-'));
    harness = await PageHarness.start('recipe');
  });
  afterAll(async () => {
    await harness.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(
    theme: ThemeName,
    width = 1280,
    options: OpenOptions = {},
  ): Promise<OpenedPage & { document: EditedDocument }> {
    const document = await EditedDocument.create(folder);
    const opened = await harness.open('recipe', theme, document.answer, { width, height: 860, ...options });
    await opened.page.locator('.prompt').waitFor();
    return { ...opened, document };
  }

  it.each(themeNames)('shows columns, template and preview without violations in %s', async (theme) => {
    const { page, errors, violations } = await open(theme);
    expect(await page.locator('.column').count()).toBe(5);
    expect(await page.getByLabel('The text the model reads').innerText()).toContain('###');
    if (process.env.LIFT_SCREENSHOTS) {
      await page.screenshot({ path: `${process.env.LIFT_SCREENSHOTS}/recipe-${theme.replaceAll(' ', '-')}.png` });
    }
    expect(await violations(theme)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('writes the preview anew while the template is typed, and sends the change to the document', async () => {
    const { page, document } = await open('Dark Modern');
    const question = page.getByLabel('Question', { exact: true });
    await question.fill('Is {{sepal_length_cm}} long?');
    await expect.poll(() => page.getByLabel('The text the model reads').innerText()).toContain(' long?');
    await expect.poll(() => readFile(document.path, 'utf8')).toContain('"Is {{sepal_length_cm}} long?"');
  });

  it('fine-tunes what was just typed, also while it is on its way to the document', async () => {
    const document = await EditedDocument.create(folder);
    const told: string[] = [];
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const { page } = await harness.open('recipe', 'Dark Modern', async (method, params) => {
      if (method === 'edit') {
        told.push('edit begins');
        await arrived;
        told.push('edit ends');
      }
      if (method === 'fineTune') told.push('fine-tune');
      return document.answer(method, params);
    });
    await page.getByLabel('Question', { exact: true }).fill('Of {{petal_length_cm}} cm?');
    await expect.poll(() => told).toEqual(['edit begins']);
    await page.getByRole('button', { name: 'Fine-Tune' }).click();
    arrive();
    await expect.poll(() => told).toEqual(['edit begins', 'edit ends', 'fine-tune']);
  });

  it('sends what was typed at once when the document is about to be saved, and says when it is there', async () => {
    const { page, requests, send } = await open('Dark Modern');
    await page.getByLabel('Question', { exact: true }).fill('Saved: {{petal_length_cm}}?');
    await send('send', null);
    await expect
      .poll(() => requests.map(({ method }) => method).filter((name) => /edit|sent/u.test(name)))
      .toEqual(['edit', 'sent']);
    expect(JSON.stringify(requests)).toContain('Saved: {{petal_length_cm}}?');
  });

  it('shows the end of a long prompt while it is typed, until somebody scrolls away', async () => {
    const { page } = await open('Dark Modern', 1280, { height: 400 });
    const question = page.getByLabel('Question', { exact: true });
    const answer = page.locator('.segment.answer');
    const isInView = (): Promise<boolean> =>
      answer.evaluate((element) => {
        const box = element.closest('.prompt')!.getBoundingClientRect();
        const { bottom } = element.getBoundingClientRect();
        return bottom > box.top && bottom <= box.bottom;
      });
    await question.fill(Array.from({ length: 40 }, (_, line) => `line ${line} {{petal_width_cm}}`).join('\n'));
    await expect.poll(() => page.getByLabel('The text the model reads').innerText()).toContain('line 39');
    expect(await isInView()).toBe(true);
    await page.getByLabel('The text the model reads').press('Home');
    await expect.poll(isInView).toBe(false);
    await question.press('x');
    await expect.poll(() => page.getByLabel('The text the model reads').innerText()).toContain('x');
    expect(await isInView()).toBe(false);
  });

  it('names the column that a misspelt template means', async () => {
    const { page } = await open('Dark Modern');
    await page.getByLabel('Question', { exact: true }).fill('Is {{sepal_lenght_cm}} long?');
    await page.getByText('sepal_length_cm', { exact: false }).and(page.locator('.problem *')).first().waitFor();
  });

  it('completes a column name by keyboard alone', async () => {
    const { page } = await open('Dark Modern');
    const question = page.getByLabel('Question', { exact: true });
    await question.fill('Is ');
    await question.press('End');
    await question.pressSequentially('{{petal_w');
    await page.getByRole('option', { name: /petal_width_cm/u }).waitFor();
    await question.press('Enter');
    expect(await question.inputValue()).toBe('Is {{petal_width_cm}}');
  });

  it('unfolds a column to change how it is spoken of', async () => {
    const { page, document, violations } = await open('Dark Modern');
    await page.getByRole('button', { name: /^petal_width_cm/u }).press('Enter');
    await page.getByLabel('Spoken name of petal_width_cm').fill('breadth of the petal');
    await page.getByLabel('Number format of petal_width_cm').selectOption('2 decimals');
    await expect.poll(() => readFile(document.path, 'utf8')).toContain('"breadth of the petal"');
    await expect.poll(() => readFile(document.path, 'utf8')).toMatch(/"fixed": 2/u);
    expect(await violations()).toEqual([]);
  });

  it('offers to download a model that is not on this computer', async () => {
    const { page, requests, send, document, violations } = await open('Dark Modern');
    await page.getByLabel('Model', { exact: true }).fill('people/never-downloaded');
    await page.keyboard.press('Tab');
    await expect.poll(() => readFile(document.path, 'utf8')).toContain('people/never-downloaded');
    await send('state', await document.view());
    await page.getByText('not downloaded yet').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Download…' }).click();
    await expect.poll(() => requests.map(({ method }) => method)).toContain('downloadModel');
  });

  it('walks through the rows and says which part they are in', async () => {
    const { page } = await open('Dark Modern');
    const before = await page.getByLabel('The text the model reads').innerText();
    await page.getByRole('button', { name: 'Next row' }).click();
    await expect.poll(() => page.getByLabel('The text the model reads').innerText()).not.toBe(before);
    await page.getByText(/line 3, a (training|validation|test) row/u).waitFor();
  });

  it('is usable at a zoom of 200 %', async () => {
    const { page } = await open('Light Modern', undefined, zoomed);
    await page.getByRole('button', { name: /^petal_width_cm/u }).click();
    for (const details of await page.locator('summary').all()) await details.click();
    expect(await overflow(page)).toBe(0);
    expect(await unreachableControls(page)).toEqual([]);
    if (process.env.LIFT_SCREENSHOTS)
      await page.screenshot({ path: `${process.env.LIFT_SCREENSHOTS}/recipe-zoom.png` });
  });

  it('is translated, with its completions', async () => {
    const { page, answers } = await open('Light Modern', undefined, { texts: bracketed });
    await page.getByRole('button', { name: /^petal_width_cm/u }).click();
    await page.locator('textarea').first().fill('{{petal_length');
    await page.locator('.choices li').first().waitFor();
    await page.locator('.problem').first().waitFor();
    expect(await untranslatedWords(page, answers, ['petal_length', ...templateWords])).toEqual([]);
  });

  it.each([320, 480])('stands in one column when the editor is narrow: %i pixels', async (width) => {
    const { page } = await open('Light Modern', width);
    await page.getByRole('button', { name: /^petal_width_cm/u }).click();
    expect(await overflow(page)).toBe(0);
    if (process.env.LIFT_SCREENSHOTS)
      await page.screenshot({ path: `${process.env.LIFT_SCREENSHOTS}/recipe-narrow.png` });
  });
});
