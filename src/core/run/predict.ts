import { basename, extname, join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { askTable } from './answer/ask-table';
import type { OpenBackend } from './backend';
import { countFallbacks } from './answer/calibrated-rows';
import type { RunContext } from './events';
import { openFinishedRun } from './folder/finished-run';
import { metricsOf, numbersOf } from './measure/metrics-of';
import { predictionsCsv } from './folder/predictions-file';
import type { PredictRequest, PredictResult } from './requests';
import { askingBackend } from './run-backend';
import { sampleRows } from './task/sample-rows';
import { StageClock } from './progress/stage-clock';

/** Predicts every row of a table with a finished run and writes the predictions as CSV. */
export async function predict(
  request: PredictRequest,
  context: RunContext,
  openBackend: OpenBackend,
): Promise<PredictResult> {
  const clock = new StageClock(context);
  const backend = openBackend(await askingBackend(request.run, request.backend));
  const run = await openFinishedRun(request.run, backend.needs, context);
  const { table, predictions } = await askTable(run, request.dataset, backend, clock, context);
  const { classes } = run.fitted.prompt;
  const out = request.out ?? join(request.run, `predictions-${plainName(request.dataset)}.csv`);
  if (out === request.dataset) {
    throw new LiftError(
      'usage',
      phrase`${out} is the table itself, which is never written to.`,
      'Name another file with --out.',
    );
  }
  await writeFileAtomically(out, predictionsCsv(predictions, classes));
  const metrics = metricsOf(predictions, run.recipe.task, classes);
  const timing = clock.timing();
  return {
    run: request.run,
    task: run.recipe.task,
    out,
    rows: predictions.length,
    metrics: metrics && numbersOf(metrics),
    timing: {
      ...timing,
      ...(timing.predicting! > 0 && { predictRowsPerSecond: predictions.length / timing.predicting! }),
    },
    fallbacks: countFallbacks(predictions),
    samples: sampleRows(predictions, table, run.recipe),
  };
}

function plainName(path: string): string {
  return basename(path, extname(path));
}
