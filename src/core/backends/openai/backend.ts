import type { Answerer, AskingOptions } from '../../run/answer/answerer';
import { LiftError } from '../../foundation/lift-error';
import { english, phrase } from '../../foundation/phrase';
import type { Backend, TrainingWork } from '../../run/backend';
import type { OpenAiChoice } from '../../run/backend-choice';
import { targetFacts } from '../../run/task/target-facts';
import type { RunFolder } from '../../run/folder/run-folder';
import type { WatchOptions } from '../http/watch';
import { readJobState } from '../jobs/state';
import { openAiAnswerer } from './answerer';
import { OpenAiAsker } from './asker';
import type { Asks } from './asker';
import { OpenAiClient } from './client';
import type { OpenAiOptions } from './client';
import { costOf } from './cost';
import { endOfOpenAi, isOpenAiItself } from './errors';
import { exportExamples } from './examples';
import { KeptAnswers } from './kept-answers';
import { remainsOf } from './remains';
import { trainWithOpenAi } from './training';
import { refuseLocalOnly } from '../exports/refuse-local-only';
import { sentColumns, sentRows } from '../exports/sent';
import { isLoopback } from '../http/server-address';

export interface OpenAiBackendOptions extends OpenAiOptions, Pick<WatchOptions, 'pauses' | 'patience'> {
  /** Milliseconds to wait for a model that was just trained, time after time. */
  readonly modelPauses?: readonly number[];
}

/**
 * Trains on an OpenAI-compatible service and asks it about rows. What was trained stays there: the run folder holds its name.
 */
export function openAiBackend(choice: OpenAiChoice, options: OpenAiBackendOptions): Backend {
  const client = new OpenAiClient(choice, options);
  const format = choice.format ?? 'chat';
  const askerOf = (model: string, folder: RunFolder): Promise<Asks> => {
    const asker = new OpenAiAsker(client, choice.deployment ?? model, format, options.modelPauses);
    return KeptAnswers.open(asker, `${client.address.href} ${format} ${model}`, folder);
  };
  return {
    kind: 'openai',
    needs: 'name',
    test: async (signal) => {
      const models = await client.models(signal);
      const count = models && ` with ${models.length} model${models.length === 1 ? '' : 's'}`;
      const service = `an OpenAI-compatible API${count ?? ''}`;
      return { service, warnings: warningsOf(client, options.key !== undefined) };
    },
    check: checkWork,
    plan: async (work) => {
      const { training, validation, tokens } = await exportExamples(work, format, undefined);
      return {
        destination: client.destination,
        upload: {
          rows: sentRows(work),
          columns: sentColumns(work),
          bytes: training.length + (validation?.length ?? 0),
          weights: false,
        },
        remains: remainsOf(choice),
        cost: costOf(tokens, work.inputs.recipe.training.epochs, choice.price),
        warnings: [],
      };
    },
    train: async (folder, work, clock, context) => {
      const { model, outcome } = await trainWithOpenAi(client, choice, folder, work, clock, context, options);
      const openAnswerer = async (): Promise<Answerer> => openAiAnswerer(await askerOf(model, folder), askingOf(work));
      return { training: outcome, openAnswerer };
    },
    openAnswerer: async ({ folder, asking }) =>
      openAiAnswerer(await askerOf(await trainedModel(folder), folder), asking),
  };
}

function askingOf({ task, limits }: TrainingWork): AskingOptions {
  const target = targetFacts(task.examples, task.recipe.target.column, task.writer);
  return { ...task, limits, target, trained: undefined };
}

/** By which the service knows what a run has trained. */
async function trainedModel(folder: RunFolder): Promise<string> {
  const model = (await readJobState(folder))?.model;
  if (model !== undefined) return model;
  throw new LiftError(
    'run-invalid',
    phrase`The run in ${folder.path} does not say which model it has trained: its job.json is missing or damaged.`,
    'Train again.',
  );
}

/** Throws `recipe-invalid` for what only an engine of our own can do, `usage` where there is nothing to train. */
function checkWork({ inputs: { recipe } }: TrainingWork): void {
  refuseLocalOnly(recipe);
  if (recipe.training.steps === 0) {
    throw new LiftError(
      'usage',
      'With training.steps = 0 nothing is trained, and this service answers with what it has trained alone.',
      'Take training.steps out of the recipe; or ask a model that is not fine-tuned on this machine: lift in-context.',
    );
  }
  if (recipe.training.startFrom === null) return;
  throw new LiftError(
    'recipe-invalid',
    'training.startFrom names something on this machine, which the service does not have.',
    'Take it out; to train a fine-tuned model of the service further, name that model with --model.',
  );
}

function warningsOf({ address }: OpenAiClient, hasKey: boolean): string[] {
  const warnings = isOpenAiItself(address) ? [english(endOfOpenAi)] : [];
  if (address.protocol === 'http:' && !isLoopback(address)) {
    const what = hasKey ? 'the rows and the key' : 'the rows';
    warnings.push(`The connection is not encrypted: whoever is on the way can read ${what}. Use https.`);
  }
  return warnings;
}
