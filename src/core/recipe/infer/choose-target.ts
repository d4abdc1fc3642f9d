import type { Table } from '../../table/table';
import { isBuiltinTemplateName } from '../../prompt/template/builtin-templates';
import { inferRecipe } from './infer-recipe';
import type { Recipe } from '../recipe';

/**
 * The recipe with another column as its target. The column leaves the features, the former target joins them, the task is
 * inferred anew; what was chosen for the other columns, the template and the training stays.
 *
 * @throws LiftError `column-missing` when the table has no such column; `target-invalid` when it cannot be predicted
 */
export function chooseTarget(recipe: Recipe, table: Table, column: string): Recipe {
  const template = isBuiltinTemplateName(recipe.template.name) ? recipe.template.name : undefined;
  const { recipe: fresh } = inferRecipe(table, {
    target: column,
    model: recipe.model.id,
    ...(template !== undefined && { template }),
  });
  const chosen = new Map(recipe.features.map((feature) => [feature.column, feature]));
  return {
    ...recipe,
    task: fresh.task,
    target: fresh.target,
    features: fresh.features.map((feature) => chosen.get(feature.column) ?? feature),
  };
}
