import { layoutJson } from './layout-json';
import type { Recipe } from '../recipe';

/** The text of a recipe's file: its fields in the order they have, those included that this program does not know. */
export function writeRecipe(recipe: Recipe): string {
  return layoutJson(recipe);
}
