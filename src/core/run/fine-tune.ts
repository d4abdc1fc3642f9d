import { rm } from 'node:fs/promises';
import { writeFileAtomically } from '../foundation/atomic-file';
import { baselinesFor } from './baseline-reports';
import { beginRun, reopenRun } from './begin-run';
import type { BegunRun } from './begin-run';
import { encodeTask, promptLimits } from './encode-task';
import type { RunContext, RunEvent } from './events';
import { writeExamples } from './examples-file';
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
 * The main job: a table becomes a fine-tuned model and predictions, all in a run folder. A run that is cancelled or killed
 * continues from its checkpoint when it is resumed, to the very same result.
 */
export async function fineTune(request: FineTuneRequest, context: RunContext): Promise<FineTuneResult> {
  const early: RunEvent[] = [];
  const beginning: RunContext = {
    ...context,
    emit: (event) => {
      if (event.event === 'notice') early.push(event);
      context.emit(event);
    },
  };
  const clock = new StageClock(context);
  const run = await (request.resume === undefined
    ? beginRun(request, clock, beginning)
    : reopenRun(request.resume, clock, beginning));
  const { folder, state, resumed } = run;
  const result = await workOnRun(folder, state, early, context, async (inRun) => {
    inRun.emit({ event: 'run', run: folder.path, name: state.name, resumed });
    const done = await carryOut(run, request.baselines, clock.within(inRun), inRun);
    return { result: done, timing: done.timing };
  });
  await rm(folder.checkpoints, { recursive: true, force: true });
  return result;
}

async function carryOut(
  run: BegunRun,
  withBaselines: boolean,
  clock: StageClock,
  context: RunContext,
): Promise<FineTuneResult> {
  const { folder, table, recipe, model } = run;
  const task = prepareTask(table, recipe, context.emit);
  await writeSplit(folder, task);
  if (recipe.examples.rows > 0) await writeExamples(folder.examples, task.examples);
  const limits = promptLimits(task, model.tokenizer, model.folder.config.contextLength);
  const encoded = await clock.time('preparing', (report) => encodeTask(task, limits, context, report));

  const training = await clock.time('training', (report) => trainStage(run, encoded, context, report));
  await saveTrained(folder, recipe, model.folder, training.parameters);

  const { classes } = task.fit;
  const predictions = await predictStage(run, task, limits, clock, context);
  await writeFileAtomically(folder.predictions, predictionsCsv(predictions, classes));

  const baselines =
    withBaselines && task.parts.test.length > 0
      ? await clock.time('baselines', (report) => baselinesFor(table, recipe, task.parts, context, report))
      : [];
  const { result, details } = summarise(run, classes, predictions, training, baselines, clock.timing());
  await writeRunResult(folder, result, details);
  return result;
}
