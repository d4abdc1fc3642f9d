import { LiftError } from '../../foundation/lift-error';
import type { Phrase } from '../../foundation/phrase';
import { phrase } from '../../foundation/phrase';
import { loadTokenizer } from '../../model/tokenizer/load-tokenizer';
import { PromptWriter } from '../../prompt/prompt-writer';
import type { Recipe } from '../../recipe/recipe';
import type { Table } from '../../table/table';
import type { AskingOptions } from '../answer/answerer';
import type { Backend } from '../backend';
import { readRunRecipe } from './open-run';
import type { RunContext } from '../events';
import { needsExamples, readExamples } from './examples-file';
import { readFitted } from './fitted-file';
import type { Fitted } from './fitted-file';
import { openModelOf } from '../train/open-model';
import { PromptSource } from '../task/prompt-source';
import { runFolderAt } from './run-folder';
import type { RunFolder } from './run-folder';
import { readRunState } from './run-state';
import type { RunState } from './run-state';
import { serviceModel } from '../train/service-model';
import { openTrained } from '../train/trained-model';
import type { TrainedModel } from '../train/trained-model';

/** A run that is done, ready to be asked about rows. */
export interface FinishedRun {
  readonly folder: RunFolder;
  readonly state: RunState;
  readonly recipe: Recipe;
  readonly fitted: Fitted;
  readonly model: TrainedModel['model'];
  /** The training rows from which prompts take their examples; undefined when prompts have none. */
  readonly examples: Table | undefined;
  readonly asking: AskingOptions;
}

/** Opens a run to use what it has trained. Throws `run-invalid` when it is not done, damaged, or its model has changed. */
export async function openFinishedRun(
  path: string,
  needs: Backend['needs'],
  context: RunContext,
): Promise<FinishedRun> {
  const folder = runFolderAt(path);
  const state = await readRunState(folder);
  requireDone(state, path);
  const recipe = await readRunRecipe(folder);
  const fitted = await readFitted(folder);
  const { model, trained } = await trainedModelOf(folder, state, recipe, needs, context);
  const tokenizer = needs === 'name' ? serviceModel(state.model.id).tokenizer : await loadTokenizer(model);
  const examples = needsExamples(recipe) ? await readExamples(folder.examples) : undefined;
  const writer = PromptWriter.create(recipe, fitted.prompt, fitted.columns);
  const source = await PromptSource.create(writer, examples, fitted.columns, recipe, context.signal);
  const { answerTokens, target } = fitted;
  const limits = { tokenizer, contextLength: model.config.contextLength, answerTokens };
  return {
    folder,
    state,
    recipe,
    fitted,
    model,
    examples,
    asking: { recipe, writer, source, limits, target, trained },
  };
}

/** What a run has trained: after full fine-tuning the run's own model, else the base model, which must be the very same. */
export async function trainedModelOf(
  folder: RunFolder,
  state: RunState,
  recipe: Recipe,
  needs: Backend['needs'],
  context: RunContext,
): Promise<TrainedModel> {
  if (needs === 'name') return { model: serviceModel(state.model.id).folder, trained: undefined };
  if (recipe.training.method === 'full') return openTrained(folder, recipe);
  const base = await openModelOf(state, needs, context);
  return openTrained(folder, recipe, base.folder);
}

export function requireDone({ state, error }: RunState, path: string): void {
  if (state === 'done') return;
  throw new LiftError(
    'run-invalid',
    error
      ? phrase`The run in ${path} is not done, it failed: ${LiftError.of(error).said.message}`
      : unfinished(state, path),
    state === 'running' ? 'Wait until it is done.' : phrase`Finish it with: lift fine-tune --resume "${path}"`,
  );
}

function unfinished(state: RunState['state'], path: string): Phrase {
  switch (state) {
    case 'running':
      return phrase`The run in ${path} is not done, it is running.`;
    case 'stopped':
      return phrase`The run in ${path} is not done, it is stopped.`;
    default:
      return phrase`The run in ${path} is not done, it is ${state}.`;
  }
}
