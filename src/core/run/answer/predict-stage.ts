import { askedRows } from './asked-rows';
import type { TrainedWork, TrainingWork } from '../backend';
import { calibratedRows } from './calibrated-rows';
import { fitCalibration } from './calibration';
import type { RunContext } from '../events';
import { writeFitted } from '../folder/fitted-file';
import { neighbourAnswers } from './neighbour-answers';
import type { Prediction } from '../folder/predictions-file';
import type { RunFolder } from '../folder/run-folder';
import type { StageClock } from '../progress/stage-clock';
import { targetFacts } from '../task/target-facts';

/** The predictions of the validation, test and unlabelled rows. */
export interface PredictedRows {
  readonly predictions: readonly Prediction[];
  /** What they would be without the answers of the nearest training rows, where these are pooled with the model's. */
  readonly modelAlone?: readonly Prediction[];
}

/**
 * Asks the trained model about the validation rows and fits the calibration on these alone, then asks about the test and
 * the unlabelled rows. What was fitted is kept in the run folder, to predict other rows alike.
 */
export async function predictStage(
  folder: RunFolder,
  { task, limits }: TrainingWork,
  trained: TrainedWork,
  clock: StageClock,
  context: RunContext,
): Promise<PredictedRows> {
  const { recipe } = task;
  const { classes } = task.fit;
  const target = targetFacts(task.examples, recipe.target.column, task.writer);
  const answerer = await trained.openAnswerer();
  try {
    const validation = askedRows(task, 'validation');
    const validated = await clock.time('calibrating', (report) => answerer.answer(validation, context, report));
    const truth = validation.map((row) => row.truth!);
    const columns = task.table.columns.map(({ name }) => name);
    const asked = { recipe, source: task.source, examples: task.examples, columns, classes };
    const validatedNear = await neighbourAnswers(validation, asked, context);
    const calibration = fitCalibration(validated, validatedNear, truth, classes, recipe);
    await writeFitted(folder, {
      prompt: task.fit,
      columns,
      target,
      answerTokens: limits.answerTokens,
      calibration,
    });

    const others = askedRows(task, 'test', 'unlabelled');
    const answers = await clock.time('predicting', (report) => answerer.answer(others, context, report));
    const near = await neighbourAnswers(others, asked, context);
    const rows = [...validation, ...others];
    const raw = [...validated, ...answers];
    const allNear = validatedNear && near && [...validatedNear, ...near];
    return {
      predictions: calibratedRows(rows, raw, allNear, calibration, classes, recipe),
      ...(allNear && { modelAlone: calibratedRows(rows, raw, undefined, calibration, classes, recipe) }),
    };
  } finally {
    await answerer.close();
  }
}
