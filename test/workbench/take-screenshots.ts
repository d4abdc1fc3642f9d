import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PredictionsPage } from './predictions-page';
import { RecipePage } from './recipe-page';
import { openSession } from './session';
import { TrainingPage } from './training-page';

const folder = join('media', 'screenshots');
const mostBytes = 300_000;

/** The pictures of the README: the three stories as they are done in the workbench, one after the other. */
async function takeScreenshots(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const session = await openSession({
    files: [join('media', 'samples', 'iris.csv')],
    settings: { 'workbench.colorTheme': 'Dark Modern', 'window.commandCenter': false, 'editor.minimap.enabled': false },
    viewport: { width: 1440, height: 860 },
  });
  const { workbench } = session;
  const take = async (name: string): Promise<void> => {
    await workbench.hideNotifications();
    await workbench.page.mouse.move(0, 0);
    const path = join(folder, `${name}.png`);
    await workbench.page.screenshot({ path, animations: 'disabled' });
    const { size } = statSync(path);
    console.log(`${path}  ${Math.round(size / 1000)} kB`);
    if (size > mostBytes) throw new Error(`${path} is too large for a README: ${size} bytes.`);
  };
  try {
    await workbench.rightClick('iris.csv', 'Fine-tune with LIFT');
    const recipe = new RecipePage(workbench);
    await recipe.waitForPreview();
    await recipe.chooseTemplate('sentence');
    await take('prompt-editor');
    await recipe.chooseTemplate('compact');

    await recipe.fineTune();
    const training = new TrainingPage(workbench);
    await training.waitForState('running');
    await training.waitForEpoch(2);
    await take('training');

    await training.waitForState('done');
    await training.showPredictions();
    const predictions = new PredictionsPage(workbench);
    await predictions.filter('Unsure');
    await predictions.rows.first().click();
    await predictions.prompt.waitFor();
    await take('predictions');

    await workbench.run('View: Close All Editors');
    await workbench.openFile('iris.csv');
    await workbench.goToLine(60);
    await workbench.lineEndings.first().waitFor({ state: 'attached' });
    await take('line-ends');
  } finally {
    await session.close();
  }
}

await takeScreenshots();
