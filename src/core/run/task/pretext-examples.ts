import type { Table } from '../../table/table';
import type { TokenExample } from '../../training/batches/token-example';
import { restrictTable } from '../folder/examples-file';
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

/**
 * The pretext tasks of a recipe as tokens, in prompts like those of the real rows: where these have ten rows to choose their
 * example rows from, made-up rows have ten as well, as the nearest of ten tell less than the nearest of a hundred. Throws
 * `prompt-too-long`.
 */
export async function pretextTasks(
  task: PreparedTask,
  limits: PromptLimits,
  signal?: AbortSignal,
): Promise<PretextTask[]> {
  const { recipe, table, writer } = task;
  const { tasks, rows } = recipe.training.pretext;
  const names = table.columns.map(({ name }) => name);
  const encoded: PretextTask[] = [];
  for (let number = 1; number <= tasks; number++) {
    const examples: TokenExample[] = [];
    for (const part of partsOf(pretextTable(task, number, rows), task.examples.rows.length)) {
      const source = await PromptSource.create(writer, part, names, recipe, signal);
      for (const [row, cells] of part.rows.entries()) {
        const prompt = source.encode({ cells, lineNumber: part.lineNumbers[row]!, ownExample: row }, limits);
        examples.push(trainingExample(prompt, recipe.training.loss));
      }
    }
    const count = Math.max(1, Math.round(trainShare * examples.length));
    encoded.push({ train: examples.slice(0, count), validation: examples.slice(count) });
  }
  return encoded;
}

/** A table cut into parts of so many rows; what is left over goes with the last. */
function partsOf(table: Table, rows: number): Table[] {
  const count = Math.max(1, Math.floor(table.rows.length / rows));
  return Array.from({ length: count }, (_, part) => {
    const end = part === count - 1 ? table.rows.length : (part + 1) * rows;
    return restrictTable(
      table,
      Array.from({ length: end - part * rows }, (__, row) => part * rows + row),
    );
  });
}
