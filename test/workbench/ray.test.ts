import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyRayTest, rayPython, RayHead } from '../remote/ray-head';
import { describeInWorkbench } from './describe-in-workbench';
import { PredictionsPage } from './predictions-page';
import { adapterRecipe } from './recipes';
import { RemoteDialogs } from './remote-dialogs';
import { openSession } from './session';
import type { Session } from './session';
import { TrainingPage } from './training-page';

/** A job imports PyTorch in three processes before it begins. */
const patience = 900_000;
const missing = everyRayTest ? '' : 'LIFT_RAY=1 asks for it: it takes many minutes';

describeInWorkbench(
  'a run on a Ray cluster of this machine, in the workbench',
  () => {
    let session: Session;
    let head: RayHead;

    beforeAll(async () => {
      head = await RayHead.start(rayPython!);
      session = await openSession({
        files: [join('media', 'samples', 'iris.csv')],
        texts: { 'iris.lift.json': await adapterRecipe(3) },
        settings: { 'lift.remote.ray.installPackages': false },
      });
    }, patience);
    afterAll(async () => {
      await session.close();
      head.close();
    });

    it(
      'is asked for in dialogs, found again by a window that was closed meanwhile, and brings its predictions',
      async () => {
        const { workbench } = session;
        const dialogs = new RemoteDialogs(workbench);
        await dialogs.begin('iris.lift.json', 'Ray cluster');
        await dialogs.answer('Address of the dashboard', head.address);
        const question = await dialogs.whatWouldBeSent();
        expect(question).toMatch(/Service: Ray \d[\s\S]*Columns: .*species[\s\S]*What stays there: /u);
        await workbench.answerDialog('Send and Fine-Tune');
        const training = new TrainingPage(workbench, patience);
        await training.waitForEpoch(1);

        await workbench.reload();
        await training.waitForState('done');
        await training.showPredictions();
        const predictions = new PredictionsPage(workbench);
        await predictions.rows.first().waitFor();
        expect(await predictions.count('All')).toBe(30);
      },
      patience,
    );
  },
  missing,
);
