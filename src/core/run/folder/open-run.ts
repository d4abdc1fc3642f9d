import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { parseRecipe } from '../../recipe/document/parse-recipe';
import type { Recipe } from '../../recipe/recipe';
import type { Table } from '../../table/table';
import type { Parameters } from '../../training/initial-parameters';
import { checkMemory } from '../task/check-memory';
import { chooseRecipe } from '../task/choose-recipe';
import type { RunContext } from '../events';
import { fingerprint } from './fingerprint';
import { inContextRecipe } from '../in-context';
import { openModel, openModelOf } from '../train/open-model';
import type { OpenModel } from '../train/open-model';
import type { Backend } from '../backend';
import { readDataset } from '../task/read-dataset';
import type { FineTuneRequest } from '../requests';
import { runFolderAt } from './run-folder';
import type { RunFolder } from './run-folder';
import { readRunState } from './run-state';
import type { RunState } from './run-state';
import type { StageClock } from '../progress/stage-clock';
import { startingPoint } from '../train/starting-point';

/** What a run works with: known to be usable before there is a folder, so that a mistake leaves nothing behind. */
export interface RunInputs {
  readonly table: Table;
  readonly dataset: RunState['dataset'];
  readonly recipe: Recipe;
  readonly model: OpenModel;
  /** What opens the model again. */
  readonly modelId: string;
  /** Values that training starts from, when the recipe names an adapter or a run. */
  readonly start: Parameters | undefined;
  /** The run that is continued. */
  readonly earlier: { readonly folder: RunFolder; readonly state: RunState } | undefined;
}

/** Opens what a new run needs. Throws whatever is wrong with the table, the recipe or the model. */
export async function openNewRun(
  request: FineTuneRequest,
  needs: Backend['needs'],
  clock: StageClock,
  context: RunContext,
): Promise<RunInputs> {
  const path = request.dataset ?? (await datasetOf(request.recipe));
  const table = await readDataset(path, clock, context);
  const wished = await chooseRecipe(table, request, context.emit);
  const from = await startingPoint(wished.training.startFrom);
  const modelId = from?.kind === 'model' ? from.path : wished.model.id;
  const model = await openModel(modelId, needs, context);
  const { inContext } = request;
  const recipe = inContext === undefined ? wished : inContextRecipe(wished, inContext, table, model);
  if (needs === 'weights') await checkMemory(model.folder, recipe, context);
  const dataset = { path, ...(await fingerprint(path, context.signal)) };
  const start = from?.kind === 'adapter' ? from.parameters : undefined;
  return { table, dataset, recipe, model, modelId, start, earlier: undefined };
}

/** Opens a run to continue it. Throws `run-invalid` when it is done, or its table or model has changed since. */
export async function openEarlierRun(
  path: string,
  needs: Backend['needs'],
  clock: StageClock,
  context: RunContext,
): Promise<RunInputs> {
  const folder = runFolderAt(path);
  const state = await readRunState(folder);
  if (state.state === 'done') {
    throw new LiftError(
      'run-invalid',
      phrase`The run in ${path} is done.`,
      'Start a new run, or predict with this one.',
    );
  }
  const { dataset } = state;
  const recipe = await readRunRecipe(folder);
  const { sha256 } = await fingerprint(dataset.path, context.signal);
  if (sha256 !== dataset.sha256) {
    throw new LiftError(
      'run-invalid',
      phrase`${dataset.path} has changed since the run began.`,
      'Restore the file to resume, or start a new run.',
    );
  }
  const table = await readDataset(dataset.path, clock, context);
  const model = await openModelOf(state, needs, context);
  if (needs === 'weights') await checkMemory(model.folder, recipe, context);
  const from = await startingPoint(recipe.training.startFrom);
  const start = from?.kind === 'adapter' ? from.parameters : undefined;
  return { table, dataset, recipe, model, modelId: state.model.id, start, earlier: { folder, state } };
}

/** The recipe as it was run. */
export async function readRunRecipe(folder: RunFolder): Promise<Recipe> {
  return parseRecipe(await readText(folder.recipe));
}

/** The table that a recipe names, relative to the recipe. */
async function datasetOf(recipe: string | undefined): Promise<string> {
  if (recipe === undefined) throw new LiftError('usage', 'No table is named.', 'Name a CSV file.');
  return resolve(dirname(recipe), parseRecipe(await readText(recipe)).dataset);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw LiftError.from(error);
  }
}
