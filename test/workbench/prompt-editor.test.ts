import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { RecipePage } from './recipe-page';
import { openSession } from './session';
import type { Session } from './session';

describeInWorkbench('the prompt editor in the workbench', () => {
  let session: Session;
  let recipe: RecipePage;
  beforeAll(async () => {
    session = await openSession({ files: [join('media', 'samples', 'iris.csv')] });
    recipe = new RecipePage(session.workbench);
    await session.workbench.rightClick('iris.csv', 'Fine-tune with LIFT');
    await recipe.waitForPreview();
  });
  afterAll(() => session.close());

  function saved(): string {
    return readFileSync(join(session.workspace, 'iris.lift.json'), 'utf8');
  }

  it('follows the typing with its preview, marks the document changed, undoes and saves as any editor does', async () => {
    const { workbench } = session;
    const before = await recipe.preview.innerText();
    await recipe.question.fill('Petals of {{petal_length_cm}} cm:');
    await expect.poll(() => recipe.preview.innerText()).toMatch(/Petals of \d+ cm:/u);
    await workbench.unsaved('iris.lift.json').waitFor();

    await workbench.page.keyboard.press('Control+z');
    await expect.poll(() => recipe.preview.innerText()).toBe(before);
    await workbench.unsaved('iris.lift.json').waitFor({ state: 'detached' });

    await recipe.question.fill('Sepals of {{sepal_length_cm}} cm:');
    await workbench.unsaved('iris.lift.json').waitFor();
    await workbench.page.keyboard.press('Control+s');
    await workbench.unsaved('iris.lift.json').waitFor({ state: 'detached' });
    expect(saved()).toContain('"Sepals of {{sepal_length_cm}} cm:"');
  });

  it('saves what was typed a moment before', async () => {
    const { workbench } = session;
    await recipe.question.fill('How wide, of {{petal_length_cm}} cm?');
    await workbench.page.keyboard.press('Control+s');
    await expect.poll(saved).toContain('"How wide, of {{petal_length_cm}} cm?"');
    await workbench.unsaved('iris.lift.json').waitFor({ state: 'detached' });
  });

  it('says what is wrong with a broken document, keeps its last good state, and goes on when it is repaired', async () => {
    const { workbench } = session;
    const before = await recipe.preview.innerText();
    await recipe.openAsText();
    const text = workbench.textEditor('iris.lift.json');
    await text.locator('.view-line').first().click();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('x');
    await recipe.problems.first().waitFor();
    expect(await recipe.problems.first().innerText()).toMatch(/line 1/iu);
    expect(await recipe.preview.innerText()).toBe(before);

    await workbench.page.keyboard.press('Backspace');
    await recipe.problems.first().waitFor({ state: 'detached' });
    expect(await recipe.preview.innerText()).toBe(before);
  });
});
