import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { LiftError } from '../../core/foundation/lift-error';
import { phrase } from '../../core/foundation/phrase';
import type { Environment } from '../../core/model/hub/hub-settings';
import { isDownloadNeeded } from '../../core/model/resolve-model';
import { builtinTemplateNames } from '../../core/prompt/template/builtin-templates';
import { parseRecipe } from '../../core/recipe/document/parse-recipe';
import { previewRows } from '../../core/run/preview';

/** More would fill the context of the model that asks. */
const mostRows = 20;
const RowNumber = v.pipe(v.number(), v.integer(), v.minValue(1));

export const RenderPromptsInput = v.object({
  file: v.string(),
  recipe: v.optional(v.string()),
  target: v.optional(v.string()),
  template: v.optional(v.picklist(builtinTemplateNames)),
  rows: v.optional(v.pipe(v.array(RowNumber), v.minLength(1), v.maxLength(mostRows)), [1]),
});

/** What `renderPrompts` is asked, its files as paths. */
export type RenderPromptsRequest = v.InferOutput<typeof RenderPromptsInput>;

/**
 * Rows of a table as the very prompts and completions that fine-tuning would train on.
 * @param environment where models are kept
 * @throws LiftError as fine-tuning would, `usage` for a row that is not there, `model-not-found` when the recipe's model is not on this
 *   machine: a tool fetches nothing.
 */
export async function renderPrompts(
  request: RenderPromptsRequest,
  environment: Environment,
  signal: AbortSignal,
): Promise<object> {
  const { file, recipe, target, template, rows } = request;
  if (recipe !== undefined) {
    const { model } = parseRecipe(await readFile(recipe, 'utf8'));
    await requireModel(model.id, dirname(recipe), environment);
  }
  const notices: string[] = [];
  const previews = await previewRows(
    { dataset: file, recipe, target, template, rows, set: [] },
    {
      signal,
      environment,
      emit: (event) => {
        if (event.event === 'notice') notices.push(event.message);
      },
    },
  );
  return {
    notices,
    prompts: previews.map(({ row, lineNumber, prompt, completion, tokens, contextLength }) => {
      return { row, line: lineNumber, prompt, completion, tokens, contextLength };
    }),
  };
}

async function requireModel(id: string, baseFolder: string, environment: Environment): Promise<void> {
  if (!(await isDownloadNeeded(id, { baseFolder, environment }))) return;
  throw new LiftError(
    'model-not-found',
    phrase`The model ${id} of the recipe is not on this machine.`,
    'Ask the user to run the command “LIFT: Download Model…”.',
  );
}
