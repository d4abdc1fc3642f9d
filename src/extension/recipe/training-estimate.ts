import { availableParallelism } from 'node:os';
import { l10n } from 'vscode';
import { PromptWriter } from '../../core/prompt/prompt-writer';
import type { Recipe } from '../../core/recipe/recipe';
import type { OpenModel } from '../../core/run/train/open-model';
import type { PreparedTask } from '../../core/run/task/prepare-task';
import { cautiousTokensPerSecond, trainingSeconds } from '../../core/run/train/training-time';
import { duration } from '../training/progress-text';

/** Rows whose prompts are written to see how long they are. */
const measuredRows = 8;

/**
 * How long training will take, in words that say how that is known; undefined when nothing is trained, or while no prompt can
 * be written.
 * @param measured tokens a second of the last training of this kind on this machine
 */
export function timeText(
  recipe: Recipe,
  task: PreparedTask,
  model: OpenModel,
  measured: number | undefined,
): string | undefined {
  if (recipe.training.steps === 0) return undefined;
  const tokensPerRow = meanTokens(recipe, task, model);
  if (tokensPerRow === undefined) return undefined;
  const { table, parts } = task;
  // Of a large table only some rows are looked at here; all are trained on, up to the recipe's limit.
  const whole = table.totalRows / table.rows.length;
  const train = Math.min(recipe.training.maxRows, Math.round(parts.train.length * whole));
  const work = { train, validation: parts.validation.length, tokensPerRow };
  const speed = measured ?? cautiousTokensPerSecond(model.folder.config, recipe, availableParallelism());
  const time = duration(trainingSeconds(recipe, work, speed));
  return measured === undefined
    ? l10n.t('Training takes up to about {0}: a cautious guess until this machine has trained once.', time)
    : l10n.t('Training takes up to about {0}, at the speed of the last run on this machine.', time);
}

function meanTokens(recipe: Recipe, task: PreparedTask, { folder, tokenizer }: OpenModel): number | undefined {
  const { train } = task.parts;
  const rows = train.filter((_, place) => place % Math.ceil(train.length / measuredRows) === 0);
  const { contextLength } = folder.config;
  try {
    const names = task.table.columns.map(({ name }) => name);
    const writer = PromptWriter.create(recipe, task.fit, names);
    const lengths = rows.map((row) => {
      const { prompt, completion } = writer.render(task.table.rows[row]!, task.source.examplesFor(task.promptRow(row)));
      return Math.min(contextLength, tokenizer.encode(prompt + completion).length);
    });
    return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  } catch {
    // What is wrong with the template stands beside it.
    return undefined;
  }
}
