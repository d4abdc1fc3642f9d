import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { PredictionsPage } from './predictions-page';
import { RecipePage } from './recipe-page';
import { quickRecipe } from './recipes';
import { openSession } from './session';
import type { Session } from './session';
import { TrainingPage } from './training-page';

describeInWorkbench('the package as users install it', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      texts: { 'iris.lift.json': await quickRecipe() },
      packaged: true,
    });
  });
  afterAll(() => session.close());

  it('goes from a right-click on a table over its prompt and its training to why a row was predicted', async () => {
    const { workbench } = session;
    await workbench.rightClick('iris.csv', 'Fine-tune with LIFT');
    const recipe = new RecipePage(workbench);
    await recipe.waitForPreview();
    await recipe.question.fill('A flower with petals of {{petal_length_cm}} cm is of the species');
    await expect.poll(() => recipe.preview.innerText()).toMatch(/A flower with petals of \d+ cm/u);

    await recipe.fineTune();
    const training = new TrainingPage(workbench);
    await training.waitForState('done');
    await training.showPredictions();
    const predictions = new PredictionsPage(workbench);
    await predictions.rows.first().waitFor();
    expect(await predictions.count('All')).toBe(30);
    await predictions.rows.first().click();
    await predictions.prompt.waitFor();
    expect(await predictions.prompt.innerText()).toContain('A flower with petals of');
  });
});
