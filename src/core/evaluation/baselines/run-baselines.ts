import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Baseline, ProblemShape } from './baseline';
import type { BaselineRequest } from './baseline-request';
import type { BaselineResult } from './baseline-result';
import { classificationBaselines, readLabels, runClassifier } from './classification-baselines';
import { encodeSplit } from './encoded-split';
import { Pace } from '../../foundation/pace';
import { readTargets, regressionBaselines, runRegressor } from './regression-baselines';

/**
 * Runs the classical models that a fine-tuned language model has to beat, on the very same split: fitted on the training
 * rows alone, as LIFT is, with hyper-parameters chosen on the validation rows (paper §4.3), and reported whatever they
 * reach. The event loop gets a turn every 50 ms or so. The same request gives the same results.
 *
 * Throws `cancelled`; `target-invalid` when a row of the split has no target (or no number, in regression); `csv-empty` when
 * the split has no training or no test rows.
 */
export async function runBaselines(request: BaselineRequest): Promise<BaselineResult[]> {
  const { split, task, seed, signal, onProgress } = request;
  if (split.train.length === 0 || split.test.length === 0) {
    throw new LiftError(
      'csv-empty',
      phrase`The split has ${split.train.length} training and ${split.test.length} test rows; baselines need both.`,
      'Use a table with more rows, or another split.',
    );
  }
  const pace = new Pace(signal);
  await pace.breathe();
  if (task === 'classification') {
    const labels = readLabels(request);
    const encoded = await encodeSplit(request, pace);
    const shape = shapeOf(request, encoded.train.dense.columns, labels.classes.length);
    const baselines = classificationBaselines(shape.classCount, shape.denseColumns);
    return runAll(baselines, onProgress, (baseline, onCandidate) =>
      runClassifier(baseline, encoded, labels, shape, seed, pace, onCandidate),
    );
  }
  const targets = readTargets(request);
  const encoded = await encodeSplit(request, pace);
  const shape = shapeOf(request, encoded.train.dense.columns, 1);
  return runAll(regressionBaselines(shape.denseColumns), onProgress, (baseline, onCandidate) =>
    runRegressor(baseline, encoded, targets, shape, seed, pace, onCandidate),
  );
}

async function runAll<Data, Predictions>(
  baselines: readonly Baseline<Data, Predictions>[],
  onProgress: BaselineRequest['onProgress'],
  run: (baseline: Baseline<Data, Predictions>, onCandidate: () => void) => Promise<BaselineResult>,
): Promise<BaselineResult[]> {
  const all = baselines.reduce((total, baseline) => total + baseline.gridSize, 0);
  const results: BaselineResult[] = [];
  let done = 0;
  for (const baseline of baselines) {
    onProgress?.({ fraction: done / all, label: baseline.label });
    const onCandidate = (): void => onProgress?.({ fraction: ++done / all, label: baseline.label });
    results.push(await run(baseline, onCandidate));
  }
  return results;
}

function shapeOf({ split }: BaselineRequest, denseColumns: number, classCount: number): ProblemShape {
  return {
    trainRows: split.train.length,
    validationRows: split.validation.length,
    testRows: split.test.length,
    denseColumns,
    classCount,
  };
}
