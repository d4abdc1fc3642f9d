import { writeFileAtomically } from '../../foundation/atomic-file';
import { writeRecipe } from '../../recipe/document/write-recipe';
import type { RunInputs } from './open-run';
import type { FineTuneRequest } from '../requests';
import { createRunFolder } from './run-folder';
import type { RunFolder } from './run-folder';
import { writeRunState } from './run-state';
import type { RunState } from './run-state';
import { liftVersion } from './versions';

/** Makes the folder of a new run with the recipe and the state it begins in. */
export async function makeRun(
  { runsFolder, out }: FineTuneRequest,
  { recipe, model, modelId, dataset }: RunInputs,
): Promise<{ folder: RunFolder; state: RunState }> {
  const now = new Date();
  const folder = await createRunFolder(runsFolder, recipe.name, out, now);
  await writeFileAtomically(folder.recipe, writeRecipe({ ...recipe, dataset: dataset.path }));
  const state = await writeRunState(folder, {
    version: 1,
    name: recipe.name,
    state: 'created',
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    versions: { lift: liftVersion, node: process.version },
    task: recipe.task,
    target: recipe.target.column,
    model: { id: modelId, path: model.folder.path, hash: model.folder.hash },
    dataset,
    ...(recipe.training.steps === 0 && { readsOnly: true }),
    timing: {},
  });
  return { folder, state };
}
