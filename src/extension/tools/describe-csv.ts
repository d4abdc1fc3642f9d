import * as v from 'valibot';
import { english } from '../../core/foundation/phrase';
import { inferRecipe } from '../../core/recipe/infer/infer-recipe';
import { findIssues } from '../../core/table/issues/find-issues';
import { readTable } from '../../core/table/read-table';
import type { Column } from '../../core/table/table';

export const DescribeCsvInput = v.object({ file: v.string(), target: v.optional(v.string()) });

/** More rows than this change nothing in a description. */
const mostRows = 20_000;
const mostColumns = 200;

/**
 * What a table holds, for a language model: its columns with types and statistics, what LIFT would predict, and what stands
 * against it. Throws as reading and inferring do: `csv-invalid`, `csv-empty`, `column-missing`, `target-invalid`, `cancelled`.
 */
export async function describeCsv(path: string, target: string | undefined, signal: AbortSignal): Promise<object> {
  const table = await readTable(path, { maxRows: mostRows, signal });
  const { recipe, reasons } = inferRecipe(table, target === undefined ? {} : { target });
  return {
    file: path,
    rows: table.totalRows,
    rowsLookedAt: table.rows.length,
    columnCount: table.columns.length,
    columns: table.columns.slice(0, mostColumns).map(columnFacts),
    repairs: table.repairs.map(({ message }) => english(message)),
    target: recipe.target.column,
    task: recipe.task,
    why: reasons
      .filter(({ path: field }) => field === 'task' || field === 'target.column')
      .map(({ reason }) => english(reason)),
    issues: findIssues(table, { target: recipe.target.column, task: recipe.task }).map(
      ({ severity, message, hint }) => `${severity}: ${english(message)} ${english(hint)}`,
    ),
  };
}

function columnFacts({ name, type, missing, distinct, distinctCapped, examples, numeric, categories }: Column): object {
  return {
    name,
    type,
    missing,
    distinct: distinctCapped ? `at least ${distinct}` : distinct,
    examples,
    ...(numeric && { minimum: numeric.min, maximum: numeric.max, mean: numeric.mean }),
    ...(categories && { mostFrequent: categories.slice(0, 10) }),
  };
}
