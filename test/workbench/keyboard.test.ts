import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { PredictionsPage } from './predictions-page';
import { quickRecipe } from './recipes';
import { openSession } from './session';
import type { Session } from './session';
import { TrainingPage } from './training-page';

describeInWorkbench('the keyboard alone', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      texts: { 'iris.lift.json': await quickRecipe() },
    });
  });
  afterAll(() => session.close());

  it('leads from the palette over training to why a row was predicted, and to its line', async () => {
    const { workbench } = session;
    const { keyboard } = workbench.page;
    await workbench.run('LIFT: Fine-Tune Locally');
    await workbench.choose('iris.lift.json');
    await new TrainingPage(workbench).waitForState('done');

    await workbench.run('LIFT: Show Predictions');
    await workbench.choose('iris');
    const predictions = new PredictionsPage(workbench);
    await predictions.rows.first().waitFor();
    await predictions.tabToGrid();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await predictions.prompt.waitFor();
    expect(await predictions.prompt.innerText()).toContain('@@@');

    const line = await predictions.inspectedLine();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await workbench.statusBar(`Ln ${line}, Col`).waitFor();
  });
});
