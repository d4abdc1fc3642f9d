import type { TokenExample } from '../../training/batches/token-example';
import type { PromptLimits } from './encode-prompt';
import type { PreparedTask } from './prepare-task';
import { pretextTable } from './pretext-table';
import { PromptSource } from './prompt-source';
import { trainingExample } from './token-examples';

/** A made-up task to be trained on before the real one. */
export interface PretextTask {
  readonly train: readonly TokenExample[];
  readonly validation: readonly TokenExample[];
}

/** Of the rows of a pretext task, those that are trained on; as in the paper. */
const trainShare = 0.8;

/** The pretext tasks of a recipe as tokens, in prompts like those of the real rows. Throws `prompt-too-long`. */
export function pretextTasks(task: PreparedTask, limits: PromptLimits): PretextTask[] {
  const { recipe, table, writer } = task;
  const { tasks, rows } = recipe.training.pretext;
  const names = table.columns.map(({ name }) => name);
  return Array.from({ length: tasks }, (_, index) => {
    const made = pretextTable(task, index + 1, rows);
    const source = new PromptSource(writer, made, names, recipe);
    const examples = made.rows.map((cells, row) => {
      const encoded = source.encode({ cells, lineNumber: row + 2, ownExample: row }, limits);
      return trainingExample(encoded, recipe.training.loss);
    });
    const count = Math.max(1, Math.round(trainShare * examples.length));
    return { train: examples.slice(0, count), validation: examples.slice(count) };
  });
}
