import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { BuiltinTemplateName } from '../../prompt/template/builtin-templates';
import { applyOverrides } from '../../recipe/document/apply-overrides';
import { checkRecipe } from '../../recipe/document/check-recipe';
import { inferRecipe } from '../../recipe/infer/infer-recipe';
import { parseRecipe, unknownFields } from '../../recipe/document/parse-recipe';
import type { Recipe } from '../../recipe/recipe';
import { useTemplate } from '../../recipe/use-template';
import type { Table } from '../../table/table';
import type { RunContext } from '../events';
import { notice } from '../notice';

/** What of a recipe a caller may say directly, stronger than the recipe's file. */
export interface RecipeWishes {
  /** A `*.lift.json` file; without it the recipe is inferred from the table. */
  readonly recipe?: string | undefined;
  readonly target?: string | undefined;
  readonly task?: 'classification' | 'regression' | undefined;
  readonly model?: string | undefined;
  /** A built-in template. */
  readonly template?: BuiltinTemplateName | undefined;
  /** Of the split and of training. */
  readonly seed?: number | undefined;
  readonly set: readonly string[];
}

/**
 * The recipe of a run: from its file or inferred from the table, then changed as the caller wishes.
 * Throws `recipe-invalid`, `column-missing`, `target-invalid`; `usage` for a change that cannot be made.
 */
export async function chooseRecipe(table: Table, wishes: RecipeWishes, emit: RunContext['emit']): Promise<Recipe> {
  const { target, task, model, template, seed, set } = wishes;
  let recipe: Recipe;
  if (wishes.recipe === undefined) {
    const inferred = inferRecipe(table, {
      path: table.source.path,
      ...(target !== undefined && { target }),
      ...(task !== undefined && { task }),
      ...(model !== undefined && { model }),
      ...(template !== undefined && { template }),
    });
    recipe = inferred.recipe;
    sayLeftOut(inferred, emit);
  } else {
    recipe = parseRecipe(await readText(wishes.recipe));
    for (const { path, message, hint } of unknownFields(recipe)) {
      emit(notice('warning', phrase`${wishes.recipe}: ${path} ${message} ${hint}`));
    }
    refuseOtherTarget(recipe, target);
    if (task !== undefined) recipe = { ...recipe, task };
    if (model !== undefined) recipe = { ...recipe, model: { ...recipe.model, id: model } };
    if (template !== undefined) recipe = useTemplate(recipe, template, table.columns);
  }
  if (seed !== undefined) {
    recipe = { ...recipe, split: { ...recipe.split, seed }, training: { ...recipe.training, seed } };
  }
  recipe = applyOverrides(recipe, set, table.columns);
  checkRecipe(recipe, table);
  const folder = wishes.recipe === undefined ? '.' : dirname(wishes.recipe);
  return withAbsolutePaths(recipe, folder, model === undefined ? folder : '.');
}

/**
 * Paths in a recipe are relative to it; a run folder keeps a copy that must mean the same.
 * @param modelFolder what the model is relative to: another one than the recipe names is the caller's
 */
async function withAbsolutePaths(recipe: Recipe, folder: string, modelFolder: string): Promise<Recipe> {
  const { startFrom } = recipe.training;
  const { id } = recipe.model;
  const model = resolve(modelFolder, id);
  // What begins with a dot is no id of the hub: when it is not there, the error names where it was looked for.
  const isFolder = /^\.{1,2}[/\\]/u.test(id) || (id !== 'embedded' && (await isDirectory(model)));
  return {
    ...recipe,
    ...(isFolder && { model: { ...recipe.model, id: model } }),
    ...(startFrom !== null && { training: { ...recipe.training, startFrom: resolve(folder, startFrom) } }),
  };
}

function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

const LEFT_OUT_SHOWN = 10;

/** Says which columns prompts do not tell, and why: nothing is left out in silence. */
function sayLeftOut({ leftOut }: ReturnType<typeof inferRecipe>, emit: RunContext['emit']): void {
  if (leftOut.length === 0) return;
  const more = leftOut.length > LEFT_OUT_SHOWN ? phrase` and ${leftOut.length - LEFT_OUT_SHOWN} more` : '';
  const shown = leftOut
    .slice(0, LEFT_OUT_SHOWN)
    .map(({ column, why }) => phrase`"${column}" (${why})`)
    .reduce((some, other) => phrase`${some}, ${other}`);
  const message = phrase`Columns left out of prompts: ${shown}${more}.`;
  emit(notice('info', message));
}

/** A recipe describes its features for one target: with another one they would be wrong in a way nobody sees. */
function refuseOtherTarget(recipe: Recipe, target: string | undefined): void {
  if (target === undefined || target === recipe.target.column) return;
  throw new LiftError(
    'usage',
    phrase`The recipe predicts "${recipe.target.column}", not "${target}".`,
    'Leave the target out, or change it in the recipe.',
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw LiftError.from(error);
  }
}
