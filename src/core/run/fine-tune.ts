import { rm } from 'node:fs/promises';
import { writeFileAtomically } from '../foundation/atomic-file';
import { baselinesFor } from './baseline-reports';
import { encodeTask, promptLimits } from './encode-task';
import type { RunContext, RunEvent } from './events';
import { writeExamples } from './examples-file';
import { makeRun } from './make-run';
import { openEarlierRun, openNewRun } from './open-run';
import { predictStage } from './predict-stage';
import { predictionsCsv } from './predictions-file';
import { prepareTask } from './prepare-task';
import type { FineTuneRequest, FineTuneResult } from './requests';
import { writeRunResult } from './run-result';
import { workOnRun } from './run-session';
import { writeSplit } from './split-file';
import { StageClock } from './stage-clock';
import { summarise } from './summarise';
import { trainStage } from './train-stage';
import { saveTrained } from './trained-model';

/**
 * The main job: a table becomes a fine-tuned model and predictions, all in a run folder. The folder is made when everything
 * that can be wrong with the table, the recipe and the model has been found out. A run that is cancelled or killed continues
 * from its checkpoint when it is resumed, to the very same result.
 */
export async function fineTune(request: FineTuneRequest, context: RunContext): Promise<FineTuneResult> {
  const { context: beginning, heard } = overheard(context);
  const clock = new StageClock(beginning);
  const inputs = await (request.resume === undefined
    ? openNewRun(request, clock, beginning)
    : openEarlierRun(request.resume, clock, beginning));
  const { table, recipe, model } = inputs;
  const task = prepareTask(table, recipe, beginning.emit);
  const limits = promptLimits(task, model.tokenizer, model.folder.config.contextLength);
  const encoded = await clock.time('preparing', (report) => encodeTask(task, limits, beginning, report));

  const { folder, state } = inputs.earlier ?? (await makeRun(request, inputs));
  const result = await workOnRun(folder, state, heard, context, async (inRun) => {
    const runClock = clock.within(inRun);
    inRun.emit({ event: 'run', run: folder.path, name: state.name, resumed: inputs.earlier !== undefined });
    await writeSplit(folder, task);
    if (recipe.examples.rows > 0) await writeExamples(folder.examples, task.examples);

    const training = await runClock.time('training', (report) => trainStage(folder, inputs, encoded, inRun, report));
    await saveTrained(folder, recipe, model.folder, training.parameters);

    const predictions = await predictStage(folder, inputs, task, limits, runClock, inRun);
    await writeFileAtomically(folder.predictions, predictionsCsv(predictions, task.fit.classes));

    const baselines =
      request.baselines && task.parts.test.length > 0
        ? await runClock.time('baselines', (report) => baselinesFor(table, recipe, task.parts, inRun, report))
        : [];
    const { result, details } = summarise(folder.path, task, predictions, training, baselines, runClock.timing());
    await writeRunResult(folder, result, details);
    return { result, timing: result.timing };
  });
  await rm(folder.checkpoints, { recursive: true, force: true });
  return result;
}

/** The same context, and the notices that are said through it: they belong in the log, which does not exist yet. */
function overheard(context: RunContext): { context: RunContext; heard: readonly RunEvent[] } {
  const heard: RunEvent[] = [];
  const emit = (event: RunEvent): void => {
    if (event.event === 'notice') heard.push(event);
    context.emit(event);
  };
  return { context: { ...context, emit }, heard };
}
