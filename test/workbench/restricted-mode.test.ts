import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { RecipePage } from './recipe-page';
import { openSession } from './session';
import type { Session } from './session';

describeInWorkbench('a workspace that is not trusted', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
      },
    });
  });
  afterAll(() => session.close());

  it('shows tables and prompts, says that models are not run, and runs them once it is trusted', async () => {
    const { workbench, workspace } = session;
    await workbench.rightClick('iris.csv', 'Fine-tune with LIFT');
    const recipe = new RecipePage(workbench);
    await recipe.waitForPreview();
    await recipe.question.fill('Petals of {{petal_length_cm}} cm:');
    await expect.poll(() => recipe.preview.innerText()).toMatch(/Petals of \d+ cm:/u);
    await recipe.restriction.waitFor();
    expect(await recipe.fineTuneButton.isDisabled()).toBe(true);

    for (const command of ['LIFT: Fine-Tune Locally', 'LIFT: Predict Rows…', 'LIFT: Resume']) {
      await workbench.run(command);
      await workbench.notification('Restricted Mode').waitFor();
      await workbench.hideNotifications();
    }
    expect(existsSync(join(workspace, '.lift'))).toBe(false);

    await recipe.manageTrust();
    await workbench.trust();
    await recipe.restriction.waitFor({ state: 'detached' });
    expect(await recipe.fineTuneButton.isDisabled()).toBe(false);
  });
});
