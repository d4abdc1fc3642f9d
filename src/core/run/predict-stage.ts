import { askedRows } from './asked-rows';
import type { TrainedWork, TrainingWork } from './backend';
import { calibratedRows } from './calibrated-rows';
import { fitCalibration } from './calibration';
import type { RunContext } from './events';
import { writeFitted } from './fitted-file';
import type { Prediction } from './predictions-file';
import type { RunFolder } from './run-folder';
import type { StageClock } from './stage-clock';
import { targetFacts } from './target-facts';

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
): Promise<Prediction[]> {
  const { recipe } = task;
  const { classes } = task.fit;
  const target = targetFacts(task.examples, recipe.target.column, task.writer);
  const answerer = await trained.openAnswerer();
  try {
    const validation = askedRows(task, 'validation');
    const validated = await clock.time('calibrating', (report) => answerer.answer(validation, context, report));
    const truth = validation.map((row) => row.truth!);
    const calibration = fitCalibration(validated, truth, classes, recipe);
    const columns = task.table.columns.map(({ name }) => name);
    await writeFitted(folder, {
      prompt: task.fit,
      columns,
      target,
      answerTokens: limits.answerTokens,
      calibration,
    });

    const others = askedRows(task, 'test', 'unlabelled');
    const answers = await clock.time('predicting', (report) => answerer.answer(others, context, report));
    return calibratedRows([...validation, ...others], [...validated, ...answers], calibration, classes, recipe);
  } finally {
    await answerer.close();
  }
}
