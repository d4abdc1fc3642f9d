import * as v from 'valibot';
import { nearestName } from '../../foundation/nearest-name';
import { completeRecipe } from './complete-recipe';
import { isFields, keepUnknown } from './keep-unknown';
import { migrateRecipe } from './migrate-recipe';
import { parseJson } from './parse-json';
import type { Recipe } from '../recipe';
import { RecipeError, problemOf, throwProblems } from '../recipe-problem';
import type { RecipeProblem } from '../recipe-problem';
import { recipeSchema } from '../schema/recipe-schema';
import { phrase } from '../../foundation/phrase';

/**
 * Reads a `*.lift.json` document: migrated to the current version, checked, and with every default filled in. Fields that it
 * does not know stay in the recipe, in their place.
 *
 * @throws RecipeError (`recipe-invalid`) with the path of every field that is wrong
 */
export function parseRecipe(text: string): Recipe {
  return checkRecipeDocument(migrateRecipe(parseJson(text)));
}

/** The same for a document of the current version that is an object already. */
export function checkRecipeDocument(document: unknown): Recipe {
  const result = v.safeParse(recipeSchema, document);
  if (!result.success) {
    const [first, ...others] = result.issues;
    throw new RecipeError([problemOf(first), ...others.map(problemOf)]);
  }
  const { recipe, problems } = completeRecipe(result.output);
  throwProblems(problems);
  return keepUnknown(document, recipe) as Recipe;
}

/** The fields of a recipe that nothing reads, most likely misspelt, each with a hint when a known name is near. */
export function unknownFields(recipe: Recipe): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  collectUnknown(recipe, completeRecipe(v.parse(recipeSchema, recipe)).recipe, '', problems);
  return problems;
}

function collectUnknown(written: unknown, known: unknown, path: string, problems: RecipeProblem[]): void {
  if (Array.isArray(written) && Array.isArray(known)) {
    written.forEach((entry, index) => {
      collectUnknown(entry, known[index], `${path}[${index}]`, problems);
    });
    return;
  }
  if (!isFields(written) || !isFields(known)) return;
  for (const [key, value] of Object.entries(written)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (Object.hasOwn(known, key)) {
      collectUnknown(value, known[key], here, problems);
    } else if (path !== 'target.labels') {
      const near = nearestName(key, Object.keys(known));
      const hint = near === undefined ? phrase`It is kept, but nothing reads it.` : phrase`Did you mean "${near}"?`;
      problems.push({ path: here, message: phrase`is not a field of recipes.`, hint });
    }
  }
}
