import { augmented } from '../generation/augment';
import { openAnswerer } from '../run/answer/answerer';
import type { Backend } from '../run/backend';
import { targetFacts } from '../run/task/target-facts';
import { trainStage } from '../run/train/train-stage';
import { openTrained, saveTrained } from '../run/train/trained-model';

/** Runs on this machine: nothing leaves it. */
export const localBackend: Backend = {
  kind: 'local',
  needs: 'weights',
  test: () => Promise.resolve({ service: 'LIFT', warnings: [] }),
  plan: () => Promise.resolve({ destination: 'this machine', warnings: [] }),
  train: async (folder, work, clock, context) => {
    const { inputs, task, limits } = work;
    const { recipe, model } = inputs;
    const { encoded, madeRows } = await augmented(folder, work, clock, context);
    const training = await clock.time('training', (report) => trainStage(folder, inputs, encoded, context, report));
    await saveTrained(folder, recipe, model.folder, training.parameters);
    return {
      training,
      madeRows,
      openAnswerer: async () => {
        const { model: asked, trained } = await openTrained(folder, recipe, model.folder);
        const target = targetFacts(task.examples, recipe.target.column, task.writer);
        return openAnswerer(asked, { ...task, limits, target, trained }, context);
      },
    };
  },
  openAnswerer: ({ model, asking }, _rows, _clock, context) => openAnswerer(model, asking, context),
};
