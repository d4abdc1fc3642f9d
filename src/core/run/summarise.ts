import type { BaselineResult } from '../evaluation/baselines/baseline-result';
import type { TrainingOutcome } from './backend';
import { baselineReports } from './baseline-reports';
import { countFallbacks } from './calibrated-rows';
import { metricsOf, numbersOf } from './metrics-of';
import type { Prediction } from './predictions-file';
import type { PreparedTask } from './prepare-task';
import type { FineTuneResult } from './requests';
import { sampleRows } from './sample-rows';

/** What a run has come to, in numbers; `details` holds what tables of numbers cannot: confusion, reliability, row by row. */
export function summarise(
  run: string,
  { table, recipe, fit }: PreparedTask,
  predictions: readonly Prediction[],
  training: TrainingOutcome,
  baselines: readonly BaselineResult[],
  timing: Record<string, number>,
): { result: FineTuneResult; details: unknown } {
  const [test, validation] = (['test', 'validation'] as const).map((part) =>
    predictions.filter((row) => row.part === part),
  );
  const testMetrics = metricsOf(test!, recipe.task, fit.classes);
  const validationMetrics = metricsOf(validation!, recipe.task, fit.classes);
  const predicted = predictions.length - validation!.length;
  const result: FineTuneResult = {
    run,
    task: recipe.task,
    metrics: {
      test: testMetrics ? numbersOf(testMetrics) : {},
      validation: validationMetrics ? numbersOf(validationMetrics) : {},
      baselines: baselineReports(baselines),
    },
    timing: {
      ...timing,
      ...(training.tokensPerSecond !== undefined && { trainTokensPerSecond: training.tokensPerSecond }),
      // Answers that came home with a job took no time here.
      ...(timing.predicting! > 0 && { predictRowsPerSecond: predicted / timing.predicting! }),
    },
    fallbacks: countFallbacks(predictions),
    samples: sampleRows(test!, table, recipe),
  };
  const { history, bestEpoch, steps, tokens } = training;
  const details = {
    test: testMetrics ?? null,
    validation: validationMetrics ?? null,
    training: { history, bestEpoch, steps, tokens },
    baselines,
  };
  return { result, details };
}
