import { rm } from 'node:fs/promises';
import { writeFileAtomically } from '../foundation/atomic-file';
import type { Backend, OpenBackend } from './backend';
import { withoutSecrets } from './backend-choice';
import type { BackendChoice } from './backend-choice';
import { baselinesFor } from './measure/baseline-reports';
import type { RunContext, RunEvent } from './events';
import { needsExamples, writeExamples } from './folder/examples-file';
import { makeRun } from './folder/make-run';
import { openEarlierRun, openNewRun } from './folder/open-run';
import { predictStage } from './answer/predict-stage';
import { predictionsCsv } from './folder/predictions-file';
import { prepareWork } from './task/prepare-work';
import type { FineTuneRequest, FineTuneResult } from './requests';
import { runFolderAt } from './folder/run-folder';
import { writeRunResult } from './folder/run-result';
import { workOnRun } from './folder/run-session';
import { readRunState } from './folder/run-state';
import { writeSplit } from './folder/split-file';
import { StageClock } from './progress/stage-clock';
import { summarise } from './measure/summarise';
import { notice } from './notice';

/**
 * The main job: a table becomes a fine-tuned model and predictions, all in a run folder. The folder is made when everything
 * that can be wrong with the table, the recipe and the model has been found out. A run that is cancelled or killed continues
 * from its checkpoint when it is resumed, to the very same result.
 */
export async function fineTune(
  request: FineTuneRequest,
  context: RunContext,
  openBackend: OpenBackend,
): Promise<FineTuneResult> {
  const { context: beginning, heard } = overheard(context);
  const clock = new StageClock(beginning);
  const choice = await chosenBackend(request);
  const backend = openBackend(choice);
  const inputs = await (request.resume === undefined
    ? openNewRun(request, backend.needs, clock, beginning)
    : openEarlierRun(request.resume, backend.needs, clock, beginning));
  const { table, recipe } = inputs;
  const work = await prepareWork(inputs, clock, beginning);
  const { task } = work;
  backend.check?.(work);
  if (inputs.earlier === undefined) await reach(backend, beginning);

  const { folder, state: earlier } = inputs.earlier ?? (await makeRun(request, inputs));
  const state = choice.kind === 'local' ? earlier : { ...earlier, backend: withoutSecrets(choice) };
  const result = await workOnRun(folder, state, heard, context, async (inRun) => {
    const runClock = clock.within(inRun);
    inRun.emit({ event: 'run', run: folder.path, name: state.name, resumed: inputs.earlier !== undefined });
    await writeSplit(folder, task);
    if (needsExamples(recipe)) await writeExamples(folder.examples, task.examples);

    const trained = await backend.train(folder, work, runClock, inRun);
    const predicted = await predictStage(folder, work, trained, runClock, inRun);
    await writeFileAtomically(folder.predictions, predictionsCsv(predicted.predictions, task.fit.classes));

    const baselines =
      request.baselines && task.parts.test.length > 0
        ? await runClock.time('baselines', (report) => baselinesFor(table, recipe, task.parts, inRun, report))
        : [];
    const timing = runClock.timing();
    const { result, details } = summarise(folder.path, task, predicted, trained, baselines, timing);
    await writeRunResult(folder, result, details);
    return { result, timing: result.timing };
  });
  await rm(folder.checkpoints, { recursive: true, force: true });
  return result;
}

/**
 * Whether the place answers and takes us, before there is a run; what a person should know of it is said.
 * Throws `network`, `unauthorized`.
 */
async function reach(backend: Backend, { signal, emit }: RunContext): Promise<void> {
  const { warnings } = await backend.test(signal);
  for (const message of warnings) emit(notice('warning', message));
}

/** That of the request; of a run that is resumed, the one it was begun with. */
async function chosenBackend({ backend, resume }: FineTuneRequest): Promise<BackendChoice> {
  if (backend !== undefined) return backend;
  const begun = resume === undefined ? undefined : (await readRunState(runFolderAt(resume))).backend;
  return begun ?? { kind: 'local' };
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
