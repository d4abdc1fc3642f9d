import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeOpenAi } from '../core/backends/openai/fake-openai';
import { describeInWorkbench } from './describe-in-workbench';
import { PredictionsPage } from './predictions-page';
import { quickRecipe } from './recipes';
import { RemoteDialogs } from './remote-dialogs';
import { openSession } from './session';
import type { Session } from './session';
import { TrainingPage } from './training-page';

const secret = 'sk-0123456789-secret';

describeInWorkbench('a run elsewhere in the workbench', () => {
  let session: Session;
  let api: FakeOpenAi;
  beforeAll(async () => {
    api = await FakeOpenAi.start();
    api.key = secret;
    api.course = ['running'];
    api.onJob = (job) => {
      const data = { step: 2, total_steps: 4, train_loss: 0.5, full_valid_loss: 0.25 };
      const facts = { object: 'fine_tuning.job.event', created_at: 1_790_000_000, level: 'info', type: 'metrics' };
      job.events = [{ ...facts, id: 'ftevent-1', message: 'Step 2/4: training loss=0.50', data }];
    };
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      texts: { 'iris.lift.json': await quickRecipe(2) },
      settings: {
        'lift.remote.openai.address': api.address,
        'lift.remote.openai.model': 'base-1',
        'lift.remote.openai.price': 3,
      },
    });
  });
  afterAll(async () => {
    await session.close();
    await api.close();
  });

  it('asks first, is found again by a window that is loaded again, and brings its predictions', async () => {
    const { workbench, workspace } = session;
    const dialogs = new RemoteDialogs(workbench);
    await dialogs.begin('iris.lift.json', 'OpenAI-compatible API');
    await dialogs.answer('Address of the service');
    await dialogs.answer('A key is asked for', secret);
    await dialogs.answer('The model to fine-tune');
    const question = await dialogs.whatWouldBeSent();
    expect(question).toMatch(/Columns: .*species[\s\S]*Cost: about/u);
    await workbench.answerDialog('Cancel');
    expect(api.count('POST', /./u)).toBe(0);

    await dialogs.begin('iris.lift.json', 'OpenAI-compatible API');
    await dialogs.answer('Address of the service');
    await dialogs.answer('The model to fine-tune');
    // The key is known by now.
    await dialogs.whatWouldBeSent();
    await workbench.answerDialog('Send and Fine-Tune');
    const training = new TrainingPage(workbench);
    await training.waitForEpoch(1);

    await workbench.reload();
    await training.waitForState('running');
    await workbench.statusBar('LIFT: Training 50 %').waitFor();
    api.course = ['succeeded'];
    await training.waitForState('done');
    await training.showPredictions();
    const predictions = new PredictionsPage(workbench);
    await predictions.rows.first().waitFor();
    expect(await predictions.count('All')).toBe(30);
    expect([api.jobs.size, api.files.size]).toEqual([1, 0]);

    const written = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = written.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    expect(texts.join('\n')).not.toContain(secret);
  });
});
