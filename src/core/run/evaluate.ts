import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { OpenBackend } from './backend';
import { askTable } from './answer/ask-table';
import { countFallbacks } from './answer/calibrated-rows';
import type { RunContext } from './events';
import { openFinishedRun } from './folder/finished-run';
import { metricsOf, numbersOf } from './measure/metrics-of';
import type { EvaluateRequest, EvaluateResult } from './requests';
import { askingBackend } from './run-backend';
import { StageClock } from './progress/stage-clock';

/** Measures a finished run on a table that holds the target. Throws `target-invalid` when it does not. */
export async function evaluate(
  request: EvaluateRequest,
  context: RunContext,
  openBackend: OpenBackend,
): Promise<EvaluateResult> {
  const clock = new StageClock(context);
  const backend = openBackend(await askingBackend(request.run, undefined));
  const run = await openFinishedRun(request.run, backend.needs, context);
  const { task, target } = run.recipe;
  const { predictions } = await askTable(run, request.dataset, backend, clock, context);
  const metrics = metricsOf(predictions, task, run.fitted.prompt.classes);
  if (!metrics) {
    throw new LiftError(
      'target-invalid',
      phrase`${request.dataset} has no values in "${target.column}", so predictions cannot be compared with the truth.`,
      'Use `lift predict` for rows without answers.',
    );
  }
  const timing = clock.timing();
  return {
    run: request.run,
    task,
    rows: metrics.count,
    metrics: numbersOf(metrics),
    timing: {
      ...timing,
      ...(timing.predicting! > 0 && { predictRowsPerSecond: predictions.length / timing.predicting! }),
    },
    fallbacks: countFallbacks(predictions),
  };
}
