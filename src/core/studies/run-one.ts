import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import type { OpenBackend } from '../run/backend';
import type { RunContext } from '../run/events';
import { fineTune } from '../run/fine-tune';
import type { FineTuneResult } from '../run/requests';
import { runFolderAt } from '../run/folder/run-folder';
import { readRunResult } from '../run/folder/run-result';
import { readRunState } from '../run/folder/run-state';
import { partColumn, partedCsv } from './parted-rows';
import { readPredictedRows } from './predicted-rows';
import type { StudyInput, StudyResult, StudyRun } from './study';
import type { StudyFolder } from './study-folder';

/** The result of a run that an earlier session has finished; undefined when it is not. */
export async function finishedResult(folder: StudyFolder, run: StudyRun): Promise<StudyResult | undefined> {
  if (!(await isFinished(folder, run.id))) return undefined;
  return resultOf(run, await readRunResult(join(folder.runs, run.id)));
}

/** Whether an earlier session has finished the run of this name. */
export async function isFinished(folder: StudyFolder, id: string): Promise<boolean> {
  const state = await readRunState(runFolderAt(join(folder.runs, id))).catch(() => undefined);
  return state?.state === 'done';
}

/** Does one run of a study, or continues it where it was stopped. What was trained is not kept: it can be trained again. */
export async function doRun(
  folder: StudyFolder,
  run: StudyRun,
  { table }: StudyInput,
  context: RunContext,
  openBackend: OpenBackend,
): Promise<StudyResult> {
  const columns = table.columns.map(({ name }) => name);
  const path = join(folder.runs, run.id);
  const dataset = join(folder.tables, `${run.id}.csv`);
  const shared = { set: [] as string[], runsFolder: folder.runs, baselines: run.baselines };
  let result: FineTuneResult;
  if (await canResume(path)) {
    result = await fineTune({ ...shared, resume: path }, context, openBackend);
  } else {
    await rm(path, { recursive: true, force: true });
    await writeFileAtomically(dataset, partedCsv(columns, run.rows()));
    const { model, inContext, seed } = run;
    // The seed first: a run may well change it.
    const set = [`split.column=${partColumn(columns)}`, ...(run.set ?? [])];
    const request = { ...shared, dataset, recipe: folder.recipe, seed, set, model, inContext, out: path };
    result = await fineTune(request, context, openBackend);
  }
  const { model, adapter } = runFolderAt(path);
  for (const trained of [model, adapter]) await rm(trained, { recursive: true, force: true });
  return resultOf(run, result);
}

async function canResume(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  const state = await readRunState(runFolderAt(path)).catch((error: unknown) => {
    if (LiftError.is(error, 'run-invalid')) return undefined;
    throw error;
  });
  return state?.state === 'stopped';
}

async function resultOf(study: StudyRun, { metrics, timing, run }: FineTuneResult): Promise<StudyResult> {
  const { id, series, x, seed, judge } = study;
  const judged = judge?.(await readPredictedRows(run)) ?? metrics.test;
  const baselines = Object.entries(metrics.baselines).map(([name, { test }]) => [name, test] as const);
  return { id, series, x, seed, metrics: judged, baselines: Object.fromEntries(baselines), timing, run };
}
