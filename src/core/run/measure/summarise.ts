import type { BaselineResult } from '../../evaluation/baselines/baseline-result';
import type { TrainedWork } from '../backend';
import { baselineReports } from './baseline-reports';
import { countFallbacks } from '../answer/calibrated-rows';
import { metricsOf, numbersOf } from './metrics-of';
import type { PredictedRows } from '../answer/predict-stage';
import type { PreparedTask } from '../task/prepare-task';
import type { FineTuneResult } from '../requests';
import { sampleRows } from '../task/sample-rows';

/** What a run has come to, in numbers; `details` holds what tables of numbers cannot: confusion, reliability, row by row. */
export function summarise(
  run: string,
  { table, recipe, fit }: PreparedTask,
  { predictions, modelAlone }: PredictedRows,
  { training, madeRows = 0 }: TrainedWork,
  baselines: readonly BaselineResult[],
  timing: Record<string, number>,
): { result: FineTuneResult; details: unknown } {
  const [test, validation] = (['test', 'validation'] as const).map((part) =>
    predictions.filter((row) => row.part === part),
  );
  const testMetrics = metricsOf(test!, recipe.task, fit.classes);
  const validationMetrics = metricsOf(validation!, recipe.task, fit.classes);
  const alone = modelAlone?.filter((row) => row.part === 'test');
  const aloneMetrics = alone && metricsOf(alone, recipe.task, fit.classes);
  const predicted = predictions.length - validation!.length;
  const result: FineTuneResult = {
    run,
    task: recipe.task,
    metrics: {
      test: testMetrics ? numbersOf(testMetrics) : {},
      validation: validationMetrics ? numbersOf(validationMetrics) : {},
      baselines: baselineReports(baselines),
      ...(aloneMetrics && { modelAlone: numbersOf(aloneMetrics) }),
    },
    timing: {
      ...timing,
      ...(training.tokensPerSecond !== undefined && { trainTokensPerSecond: training.tokensPerSecond }),
      // Answers that came home with a job took no time here.
      ...(timing.predicting! > 0 && { predictRowsPerSecond: predicted / timing.predicting! }),
    },
    fallbacks: countFallbacks(predictions),
    samples: sampleRows(test!, table, recipe),
    ...(madeRows > 0 && { madeRows }),
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
