import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rayPython, RayHead } from '../remote/ray-head';
import { PredictionsPage } from './predictions-page';
import { RecipePage } from './recipe-page';
import { adapterRecipe } from './recipes';
import { RemoteDialogs } from './remote-dialogs';
import { openSession } from './session';
import { TrainingPage } from './training-page';
import type { Workbench } from './workbench';

const folder = join('media', 'screenshots');
const mostBytes = 300_000;
const iris = join('media', 'samples', 'iris.csv');
const viewport = { width: 1440, height: 860 };
const settings = {
  'workbench.colorTheme': 'Dark Modern',
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
};

/** The pictures of the README: the three stories as they are done in the workbench, one after the other. */
async function takeScreenshots(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const session = await openSession({ files: [iris], settings, viewport });
  const { workbench } = session;
  const take = (name: string): Promise<void> => takePicture(workbench, name);
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

/** What is asked before rows leave the machine, with a Ray cluster of this one. */
async function takeConsent(python: string): Promise<void> {
  const head = await RayHead.start(python);
  const texts = { 'iris.lift.json': await adapterRecipe(3) };
  const session = await openSession({ files: [iris], texts, settings, viewport });
  try {
    const dialogs = new RemoteDialogs(session.workbench);
    await dialogs.begin('iris.lift.json', 'Ray cluster');
    await dialogs.answer('Address of the dashboard', head.address);
    await dialogs.whatWouldBeSent();
    await takePicture(session.workbench, 'consent');
  } finally {
    await session.close();
    head.close();
  }
}

async function takePicture(workbench: Workbench, name: string): Promise<void> {
  await workbench.hideNotifications();
  await workbench.page.mouse.move(0, 0);
  const path = join(folder, `${name}.png`);
  await workbench.page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  console.log(`${path}  ${Math.round(size / 1000)} kB`);
  if (size > mostBytes) throw new Error(`${path} is too large for a README: ${size} bytes.`);
}

await takeScreenshots();
if (rayPython === undefined) console.log('The picture of the consent needs a Ray cluster: LIFT_RAY_PYTHON names none.');
else await takeConsent(rayPython);
