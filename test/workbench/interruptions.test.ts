import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { openSession } from './session';
import type { Session } from './session';
import { longRecipe } from './recipes';
import { TrainingPage } from './training-page';

describeInWorkbench('a run in the workbench', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      texts: { 'iris.lift.json': await longRecipe() },
    });
  });
  afterAll(() => session.close());

  it('goes on while the window is loaded again, is found by it, and can be stopped and resumed', async () => {
    const { workbench } = session;
    const training = new TrainingPage(workbench);
    await workbench.rightClick('iris.lift.json', 'Fine-Tune Locally');
    await training.waitForEpoch(1);

    await workbench.reload();
    await training.waitForState('running');
    await workbench.statusBar(/LIFT: Training/u).waitFor();
    const found = await training.epochs.count();
    await training.waitForEpoch(found + 1);

    await training.stop();
    await training.waitForState('stopped');
    await workbench.statusBar(/LIFT: /u).waitFor({ state: 'detached' });
    const stopped = await training.epochs.count();
    expect(stopped).toBeGreaterThan(found);

    await training.resume();
    await training.waitForState('running');
    await training.waitForEpoch(stopped + 1);
    await training.stop();
    await training.waitForState('stopped');
  });
});
