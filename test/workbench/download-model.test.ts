import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeHub } from '../core/model/fake-hub';
import { describeInWorkbench } from './describe-in-workbench';
import { RecipePage } from './recipe-page';
import { hubRecipe } from './recipes';
import { openSession } from './session';
import type { Session } from './session';

describeInWorkbench('a model of the hub', () => {
  let hub: FakeHub;
  let session: Session;
  beforeAll(async () => {
    hub = await FakeHub.start('people/model');
    for (const name of readdirSync('base-model')) hub.files.set(name, readFileSync(join('base-model', name)));
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      texts: { 'iris.lift.json': await hubRecipe('people/model') },
      settings: { 'lift.hub.endpoint': hub.endpoint },
    });
  });
  afterAll(async () => {
    await session.close();
    await hub.stop();
  });

  function weightsAsked(): boolean {
    return hub.requests.some(({ path }) => path.includes('storage'));
  }

  it('is downloaded when the user asks for it and agrees to its size, not before', async () => {
    const { workbench } = session;
    const recipe = new RecipePage(workbench);
    await workbench.rightClick('iris.csv', 'Fine-tune with LIFT');
    await recipe.waitForPreview();
    await recipe.modelFacts.getByText('not downloaded yet').waitFor();
    expect(hub.requests).toEqual([]);

    await recipe.downloadModel();
    await workbench.dialog.getByText(/Download people\/model, \d+ MB\?/u).waitFor();
    await workbench.answerDialog('Cancel');
    expect(weightsAsked()).toBe(false);

    await recipe.downloadModel();
    await workbench.answerDialog('Download');
    await recipe.modelFacts.getByText('million parameters').waitFor();
    expect(weightsAsked()).toBe(true);
  });
});
