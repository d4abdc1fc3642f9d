import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { PredictionsPage } from './predictions-page';
import { RecipePage } from './recipe-page';
import { openSession } from './session';
import type { Session } from './session';
import { TrainingPage } from './training-page';

const iris = join('media', 'samples', 'iris.csv');

describeInWorkbench('fine-tuning in the workbench', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ files: [iris] });
  });
  afterAll(() => session.close());

  it('goes from a right-click on a table to the line of a row that was predicted wrong', async () => {
    const { workbench, workspace } = session;
    await workbench.rightClick('iris.csv', 'Fine-tune with LIFT');
    const recipe = new RecipePage(workbench);
    await recipe.waitForPreview();
    expect(await recipe.preview.innerText()).toContain('@@@');

    await recipe.fineTune();
    const training = new TrainingPage(workbench);
    await training.waitForState('running');
    await workbench.statusBar(/LIFT: Training \d+ %/u).waitFor();
    await training.waitForState('done');
    await workbench.statusBar(/LIFT: /u).waitFor({ state: 'detached' });

    await training.showPredictions();
    const predictions = new PredictionsPage(workbench);
    await predictions.rows.first().waitFor();
    expect(await predictions.count('All')).toBe(30);

    const wrong = await predictions.count('Wrong');
    // A better model may be right everywhere.
    await predictions.filter(wrong > 0 ? 'Wrong' : 'All');
    await expect.poll(() => predictions.rowsShown()).toBe(wrong > 0 ? wrong : 30);
    await predictions.rows.first().click();
    await predictions.prompt.waitFor();
    expect(await predictions.prompt.innerText()).toContain('@@@');

    const line = await predictions.inspectedLine();
    await predictions.inspector.getByRole('button', { name: 'Show in iris.csv' }).click();
    await workbench.statusBar(`Ln ${line}, Col`).waitFor();
    await workbench.tab('iris.csv').waitFor();

    const [run = ''] = readdirSync(join(workspace, '.lift', 'runs')).filter((name) => name.includes('iris'));
    expect(readdirSync(join(workspace, '.lift', 'runs', run))).toContain('predictions.csv');
    expect(readFileSync(join(workspace, 'iris.csv'))).toEqual(readFileSync(iris));
  });
});
