import type { AskedRow } from './calibrated-rows';
import type { PreparedTask } from '../task/prepare-task';

/** The rows of a run that the trained model is asked about. */
export function askedRows(task: PreparedTask, ...parts: readonly ('validation' | 'test' | 'unlabelled')[]): AskedRow[] {
  const { table, recipe } = task;
  const target = table.columns.findIndex(({ name }) => name === recipe.target.column);
  return parts.flatMap((part) =>
    task.parts[part].map((row) => ({
      ...task.promptRow(row),
      rowId: table.rowIds[row]!,
      part,
      truth: table.rows[row]![target]!,
    })),
  );
}
