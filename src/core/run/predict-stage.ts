import { openAnswerer } from './answerer';
import { calibratedRows } from './calibrated-rows';
import type { AskedRow } from './calibrated-rows';
import { fitCalibration } from './calibration';
import type { PromptLimits } from './encode-prompt';
import type { RunContext } from './events';
import { writeFitted } from './fitted-file';
import type { RunInputs } from './open-run';
import type { Prediction } from './predictions-file';
import type { PreparedTask } from './prepare-task';
import type { RunFolder } from './run-folder';
import type { StageClock } from './stage-clock';
import { targetFacts } from './target-facts';
import { openTrained } from './trained-model';

/**
 * Asks the trained model about the validation rows and fits the calibration on these alone, then asks about the test and
 * the unlabelled rows. What was fitted is kept in the run folder, to predict other rows alike.
 */
export async function predictStage(
  folder: RunFolder,
  { recipe, model }: RunInputs,
  task: PreparedTask,
  limits: PromptLimits,
  clock: StageClock,
  context: RunContext,
): Promise<Prediction[]> {
  const { classes } = task.fit;
  const { model: asked, trained } = await openTrained(folder, recipe, model.folder);
  const target = targetFacts(task.examples, recipe.target.column, task.writer);
  const answerer = await openAnswerer(asked, { ...task, limits, target, trained }, context);
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

    const others = [...askedRows(task, 'test'), ...askedRows(task, 'unlabelled')];
    const answers = await clock.time('predicting', (report) => answerer.answer(others, context, report));
    return calibratedRows([...validation, ...others], [...validated, ...answers], calibration, classes, recipe);
  } finally {
    await answerer.close();
  }
}

function askedRows(task: PreparedTask, part: 'validation' | 'test' | 'unlabelled'): AskedRow[] {
  const { table, recipe, parts } = task;
  const target = table.columns.findIndex(({ name }) => name === recipe.target.column);
  return parts[part].map((row) => ({
    ...task.promptRow(row),
    rowId: table.rowIds[row]!,
    part,
    truth: table.rows[row]![target]!,
  }));
}
