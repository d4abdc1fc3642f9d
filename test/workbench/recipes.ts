import { join } from 'node:path';
import { inferRecipe } from '../../src/core/recipe/infer/infer-recipe';
import type { Recipe } from '../../src/core/recipe/recipe';
import { writeRecipe } from '../../src/core/recipe/document/write-recipe';
import { readTable } from '../../src/core/table/read-table';

/** A recipe that trains so long that it can be interrupted, however fast the machine. */
export async function longRecipe(): Promise<string> {
  return recipeOf({ epochs: 500, patience: 0 });
}

/** A recipe that is done soon. */
export async function quickRecipe(epochs = 1): Promise<string> {
  return recipeOf({ epochs });
}

/** A recipe that trains an adapter, in prompts without example rows. */
export async function adapterRecipe(epochs: number): Promise<string> {
  return recipeOf({ epochs, method: 'lora', learningRate: 0.002 }, 'embedded', { rows: 0 });
}

/** A recipe of the smallest work: a few rows once or as often as is asked, also for a model that makes rows. */
export async function smallestRecipe(name: 'iris' | 'auto_mpg', epochs = 1): Promise<string> {
  const table = await readTable(join('media', 'samples', `${name}.csv`));
  const { recipe } = inferRecipe(table, { target: name === 'iris' ? 'species' : 'miles_per_gallon' });
  return writeRecipe({
    ...recipe,
    dataset: `${name}.csv`,
    examples: { ...recipe.examples, rows: 0 },
    training: { ...recipe.training, epochs, patience: 0, maxRows: 40 },
    generation: { ...recipe.generation, epochs: 1 },
  });
}

/** A recipe for a model that has to be downloaded. */
export async function hubRecipe(model: string): Promise<string> {
  return recipeOf({}, model);
}

async function recipeOf(
  training: Partial<Recipe['training']>,
  model = 'embedded',
  examples: Partial<Recipe['examples']> = {},
): Promise<string> {
  const table = await readTable(join('media', 'samples', 'iris.csv'));
  const { recipe } = inferRecipe(table, { target: 'species', model });
  return writeRecipe({
    ...recipe,
    dataset: 'iris.csv',
    examples: { ...recipe.examples, ...examples },
    training: { ...recipe.training, ...training },
  });
}
