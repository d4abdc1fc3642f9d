import { augmented } from '../generation/augment';
import { openAnswerer } from '../run/answer/answerer';
import type { Backend } from '../run/backend';
import { targetFacts } from '../run/task/target-facts';
import type { StageReport } from '../run/progress/stage-clock';
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
    const train = (report: StageReport): ReturnType<typeof trainStage> =>
      trainStage(folder, inputs, encoded, context, report);
    // Of rows that are only read nobody is told that they are trained on.
    const training = await (recipe.training.steps === 0 ? train(() => undefined) : clock.time('training', train));
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
