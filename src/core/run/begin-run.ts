import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { parseRecipe } from '../recipe/parse-recipe';
import type { Recipe } from '../recipe/recipe';
import { writeRecipe } from '../recipe/write-recipe';
import type { Table } from '../table/table';
import type { Parameters } from '../training/initial-parameters';
import { checkMemory } from './check-memory';
import { chooseRecipe } from './choose-recipe';
import type { RunContext } from './events';
import { fingerprint } from './fingerprint';
import { openModel, openModelOf } from './open-model';
import type { OpenModel } from './open-model';
import { readDataset } from './read-dataset';
import type { FineTuneRequest } from './requests';
import { createRunFolder, runFolderAt } from './run-folder';
import type { RunFolder } from './run-folder';
import { readRunState, writeRunState } from './run-state';
import type { RunState } from './run-state';
import type { StageClock } from './stage-clock';
import { startingPoint } from './starting-point';
import type { StartingPoint } from './starting-point';
import { liftVersion } from './versions';

/** A run whose table, recipe and model are at hand, new or to be continued. */
export interface BegunRun {
  readonly folder: RunFolder;
  readonly state: RunState;
  readonly table: Table;
  readonly recipe: Recipe;
  readonly model: OpenModel;
  /** Values that training starts from, when the recipe names an adapter or a run. */
  readonly start: Parameters | undefined;
  readonly resumed: boolean;
}

/**
 * Begins a new run. Its folder is made only when table, recipe and model are known to be usable, so that a mistake leaves
 * nothing behind.
 */
export async function beginRun(request: FineTuneRequest, clock: StageClock, context: RunContext): Promise<BegunRun> {
  const dataset = request.dataset ?? (await datasetOf(request.recipe));
  const table = await readDataset(dataset, clock, context);
  const recipe = await chooseRecipe(table, request, context.emit);
  const from = await startingPoint(recipe.training.startFrom);
  const modelId = from?.kind === 'model' ? from.path : recipe.model.id;
  const model = await openModel(modelId, context);
  await checkMemory(model.folder, recipe, context);
  const { bytes, sha256 } = await fingerprint(dataset, context.signal);
  const now = new Date();
  const folder = await createRunFolder(request.runsFolder, recipe.name, request.out, now);
  await writeFileAtomically(folder.recipe, writeRecipe({ ...recipe, dataset }));
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
    dataset: { path: dataset, bytes, sha256 },
    timing: {},
  });
  return { folder, state, table, recipe, model, start: parametersOf(from), resumed: false };
}

/** Opens a run to continue it. Throws `run-invalid` when it is done, or its table or model has changed since. */
export async function reopenRun(path: string, clock: StageClock, context: RunContext): Promise<BegunRun> {
  const folder = runFolderAt(path);
  const state = await readRunState(folder);
  if (state.state === 'done') {
    throw new LiftError('run-invalid', `The run in ${path} is done.`, 'Start a new run, or predict with this one.');
  }
  const recipe = await readRunRecipe(folder);
  const { sha256 } = await fingerprint(state.dataset.path, context.signal);
  if (sha256 !== state.dataset.sha256) {
    throw new LiftError(
      'run-invalid',
      `${state.dataset.path} has changed since the run began.`,
      'Restore the file to resume, or start a new run.',
    );
  }
  const table = await readDataset(state.dataset.path, clock, context);
  const model = await openModelOf(state, context);
  await checkMemory(model.folder, recipe, context);
  const start = parametersOf(await startingPoint(recipe.training.startFrom));
  return { folder, state, table, recipe, model, start, resumed: true };
}

function parametersOf(from: StartingPoint | undefined): Parameters | undefined {
  return from?.kind === 'adapter' ? from.parameters : undefined;
}

/** The recipe as it was run. */
export async function readRunRecipe(folder: RunFolder): Promise<Recipe> {
  try {
    return parseRecipe(await readFile(folder.recipe, 'utf8'));
  } catch (error) {
    throw LiftError.from(error);
  }
}

/** The table that a recipe names, relative to the recipe. */
async function datasetOf(recipe: string | undefined): Promise<string> {
  if (recipe === undefined) throw new LiftError('usage', 'No table is named.', 'Name a CSV file.');
  try {
    return resolve(dirname(recipe), parseRecipe(await readFile(recipe, 'utf8')).dataset);
  } catch (error) {
    throw LiftError.from(error);
  }
}
