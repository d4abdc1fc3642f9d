import { askedRows } from '../answer/asked-rows';
import type { TrainingWork } from '../backend';
import { encodeTask, promptLimits } from './encode-task';
import type { RunContext } from '../events';
import type { RunInputs } from '../folder/open-run';
import { prepareTask } from './prepare-task';
import type { StageClock } from '../progress/stage-clock';

/** Writes the rows of a run as prompts and tokens. Throws what is wrong with the table or the template. */
export async function prepareWork(inputs: RunInputs, clock: StageClock, context: RunContext): Promise<TrainingWork> {
  const { table, recipe, model } = inputs;
  const task = await prepareTask(table, recipe, context);
  const limits = promptLimits(task, model.tokenizer, model.folder.config.contextLength);
  const encoded = await clock.time('preparing', (report) => encodeTask(task, limits, context, report));
  return { inputs, task, limits, encoded, asked: askedRows(task, 'validation', 'test', 'unlabelled') };
}
