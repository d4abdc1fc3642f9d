import type { ModelFolder } from '../model/model-folder';
import type { Tokenizer } from '../model/tokenizer/tokenizer';
import type { Recipe } from '../recipe/recipe';
import type { Table } from '../table/table';
import { promptLimits } from './task/encode-task';
import { fitTask } from './task/prepare-task';
import type { FineTuneRequest } from './requests';

/** About as many as fitted the models of the paper (14 to 50); the embedded model does worse with many more. */
export const inContextRows = 32;
/** More training rows than this are not looked at to find how long the longest is. */
const ROWS_MEASURED = 500;
/** More rows than a recipe can ask for. */
const MOST_ROWS = 1000;

/**
 * The recipe without training: the model reads training rows and is asked (in-context learning; LIFT paper, Table 5). The
 * method is LoRA with no step, as an adapter that changes nothing takes little room in the run folder.
 */
export function inContextRecipe(
  recipe: Recipe,
  { rows, pick }: NonNullable<FineTuneRequest['inContext']>,
  table: Table,
  model: { readonly folder: Pick<ModelFolder, 'config'>; readonly tokenizer: Tokenizer },
): Recipe {
  const untrained: Recipe = {
    ...recipe,
    examples: { ...recipe.examples, rows: 1, select: pick },
    training: { ...recipe.training, method: 'lora', steps: 0 },
    // Who asks for random rows wants to know what the model makes of these alone.
    prediction: { ...recipe.prediction, neighbours: recipe.prediction.neighbours && pick === 'nearest' },
  };
  const count = rows === 'max' ? fittingRows(table, untrained, model) : rows;
  return { ...untrained, examples: { ...untrained.examples, rows: count } };
}

/** How many example rows fit the model's context when each is as long as the longest; at least 1. */
function fittingRows(
  table: Table,
  recipe: Recipe,
  { folder, tokenizer }: { readonly folder: Pick<ModelFolder, 'config'>; readonly tokenizer: Tokenizer },
): number {
  const task = fitTask(table, recipe, () => undefined);
  const limits = promptLimits(task, tokenizer, folder.config.contextLength);
  const lengthOf = (examples: readonly (readonly (string | null)[])[], cells: readonly (string | null)[]): number => {
    const { segments } = task.writer.render(cells, examples);
    const tokens = tokenizer.encodeSegments(segments.map(({ text }) => text));
    return segments.reduce((sum, { role }, index) => sum + (role === 'answer' ? 0 : tokens[index]!.length), 0);
  };
  const measured = task.examples.rows.slice(0, ROWS_MEASURED);
  let longestQuestion = 0;
  let longestExample = 1;
  for (const cells of measured) {
    const alone = lengthOf([], cells);
    longestQuestion = Math.max(longestQuestion, alone);
    longestExample = Math.max(longestExample, lengthOf([cells], cells) - alone);
  }
  const room = limits.contextLength - limits.answerTokens - longestQuestion;
  const fitting = Math.floor(room / longestExample);
  return Math.max(1, Math.min(fitting, task.examples.rows.length, MOST_ROWS));
}
