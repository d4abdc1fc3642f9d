import { ColumnFinder } from '../../prompt/names/column-finder';
import type { Table } from '../../table/table';
import { inferTarget, inferTask } from '../infer/infer-target';
import type { Recipe } from '../recipe';

/**
 * Checks that a recipe fits a table: its columns are there, and its target can be predicted.
 * @throws LiftError `column-missing` with the nearest column; `target-invalid` for a target that is empty, constant, never
 *   repeats a class, or is no number in a regression
 */
export function checkRecipe(recipe: Recipe, table: Table): void {
  const finder = new ColumnFinder(table.columns.map((column) => column.name));
  for (const { column, include } of recipe.features) if (include) finder.indexOf(column);
  inferTask(inferTarget(table, recipe.target.column).value, table.rows.length, recipe.task);
}
