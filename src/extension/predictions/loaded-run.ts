import { basename, isAbsolute } from 'node:path';
import { readRunRecipe } from '../../core/run/folder/open-run';
import { readRunResult } from '../../core/run/folder/run-result';
import { readSplitParts } from '../../core/run/folder/split-file';
import type { MetricsView, RunFacts } from '../../shared/predictions-view';
import { metricsView } from './metrics-view';
import type { PredictionSet } from './prediction-set';
import { readPredictions } from './read-predictions';
import { isTrainingTable, whyChanged } from './run-source';
import type { RunSource } from './run-source';

/** What the views need of a run, read once. */
export interface LoadedRun {
  readonly source: RunSource;
  readonly facts: RunFacts;
  readonly set: PredictionSet;
  /** Rows of the table that the run was trained on, rising. */
  readonly trainingRows: Int32Array;
  readonly metrics: MetricsView | undefined;
  /** Why the predictions may not fit the table any more. */
  readonly changed: string | undefined;
}

/** Throws `run-invalid` when the run has no predictions or is damaged, `cancelled`. */
export async function loadRun(source: RunSource, signal?: AbortSignal): Promise<LoadedRun> {
  const { folder, state } = source;
  const [set, recipe, beside, trainingRows, changed] = await Promise.all([
    readPredictions(source.predictions, signal),
    readRunRecipe(folder),
    // A run that was stopped after predicting has no baselines; its predictions are as good.
    readRunResult(folder.path).then(
      ({ metrics }) => metrics,
      () => ({ baselines: {} }),
    ),
    isTrainingTable(source) ? trainingRowsOf(source) : new Int32Array(0),
    whyChanged(source, signal),
  ]);
  const { name, createdAt, task, target, model } = state;
  const { confidence: promised } = recipe.prediction;
  const facts: RunFacts = {
    path: folder.path,
    predictions: source.predictions,
    name,
    createdAt,
    model: isAbsolute(model.id) ? basename(model.id) : model.id,
    task,
    target,
    classes: set.classes,
    promised,
  };
  return { source, facts, set, trainingRows, metrics: metricsView(set, beside), changed };
}

async function trainingRowsOf({ folder }: RunSource): Promise<Int32Array> {
  const parts = await readSplitParts(folder);
  const rows = [...parts].filter(([, part]) => part === 'train').map(([row]) => row);
  return Int32Array.from(rows).sort();
}
