import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { readRunRecipe } from '../run/folder/open-run';
import type { RunContext } from '../run/events';
import { fingerprint } from '../run/folder/fingerprint';
import { requireDone } from '../run/folder/finished-run';
import { staysWithService } from '../run/run-backend';
import { readDataset } from '../run/task/read-dataset';
import { includedColumns } from '../run/task/split-rows';
import { runFolderAt } from '../run/folder/run-folder';
import type { RunFolder } from '../run/folder/run-folder';
import { readRunState } from '../run/folder/run-state';
import type { RunState } from '../run/folder/run-state';
import { readSplitParts } from '../run/folder/split-file';
import type { StageClock } from '../run/progress/stage-clock';
import type { Recipe } from '../recipe/recipe';
import { findColumn } from '../table/find-column';
import type { Table } from '../table/table';
import { generatedColumn } from './generated-column';
import type { GeneratedColumn } from './generated-column';

/** What rows are made after: a table in the parts of a run. */
export interface SourceRows {
  readonly folder: RunFolder;
  readonly recipe: Recipe;
  readonly table: Table;
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
  /** The target first, then the columns that prompts tell. */
  readonly columns: readonly GeneratedColumn[];
}

/** The same, of a run that is done. */
export interface RunRows extends SourceRows {
  readonly state: RunState;
}

/** Opens the table of a run. Throws `run-invalid` when the run is not done, or its table has changed since. */
export async function openSourceRows(path: string, clock: StageClock, context: RunContext): Promise<RunRows> {
  const folder = runFolderAt(path);
  const state = await readRunState(folder);
  requireDone(state, path);
  requireOwnModel(state);
  const recipe = await readRunRecipe(folder);
  const { sha256 } = await fingerprint(state.dataset.path, context.signal);
  if (sha256 !== state.dataset.sha256) {
    throw new LiftError(
      'run-invalid',
      phrase`${state.dataset.path} has changed since the run: rows like its own can no longer be made.`,
      'Restore the file, or train a new run.',
    );
  }
  const table = await readDataset(state.dataset.path, clock, context);
  const parts = await readSplitParts(folder);
  const rowsOf = (part: string): number[] =>
    table.rowIds.flatMap((rowId, row) => (parts.get(rowId) === part ? [row] : []));
  const train = rowsOf('train');
  const columns = columnsToMake(table, recipe, train);
  return { folder, state, recipe, table, train, validation: rowsOf('validation'), test: rowsOf('test'), columns };
}

/** Only a model that is here can learn to write rows. Throws `usage` when that of the run stays with its service. */
export function requireOwnModel(state: RunState): void {
  if (!staysWithService(state)) return;
  throw new LiftError(
    'usage',
    'No rows can be made: the model of this run stays with the service that trained it.',
    'Fine-tune here, on a Ray cluster or by Hugging Face Jobs to get a model of your own.',
  );
}

/** The target first, then the columns that prompts tell. */
export function columnsToMake(table: Table, recipe: Recipe, train: readonly number[]): GeneratedColumn[] {
  return [recipe.target.column, ...includedColumns(recipe)].map((name) => {
    const missing = recipe.features.find(({ column }) => column === name)?.missing ?? 'unknown';
    return generatedColumn(table, train, findColumn(table, name), missing);
  });
}
