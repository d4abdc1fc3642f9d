import type { TrainingWork } from '../../run/backend';

/** The columns that prompts tell: no other column is sent. */
export function sentColumns({ task }: TrainingWork): string[] {
  const used = new Set([...task.writer.usedColumns, task.recipe.target.column]);
  return task.table.columns.map(({ name }) => name).filter((name) => used.has(name));
}

/** Rows of which something is sent: those that are trained on or asked about, and those that may stand as examples. */
export function sentRows({ task: { parts, learnable, recipe } }: TrainingWork): number {
  const training = recipe.examples.rows > 0 ? learnable : parts.trainedOn;
  return new Set([...training, ...parts.validation, ...parts.test, ...parts.unlabelled]).size;
}
