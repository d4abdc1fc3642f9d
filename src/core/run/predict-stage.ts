import { askAll } from './ask-all';
import type { BegunRun } from './begin-run';
import { calibratedRows } from './calibrated-rows';
import type { AskedRow } from './calibrated-rows';
import { fitCalibration } from './calibration';
import type { PromptLimits } from './encode-prompt';
import type { RunContext } from './events';
import { writeFitted } from './fitted-file';
import type { Prediction } from './predictions-file';
import type { PreparedTask } from './prepare-task';
import type { StageReport } from './stage-clock';
import { targetFacts } from './target-facts';
import { openTrained } from './trained-model';

/**
 * Asks the trained model about the validation, test and unlabelled rows, fits the calibration on the validation rows alone
 * and keeps it in the run folder.
 */
export async function predictStage(
  { folder, recipe, model }: BegunRun,
  task: PreparedTask,
  limits: PromptLimits,
  context: RunContext,
  report: StageReport,
): Promise<Prediction[]> {
  const rows = (['validation', 'test', 'unlabelled'] as const).flatMap((part) => askedRows(task, part));
  const { model: asked, trained } = await openTrained(folder, recipe, model.folder);
  const target = targetFacts(task.examples, recipe.target.column, task.writer);
  const answers = await askAll(rows, asked, { ...task, limits, target, trained }, context, report);
  const { classes } = task.fit;
  const validated = rows.filter(({ part }) => part === 'validation');
  const truth = validated.map((row) => row.truth!);
  const calibration = fitCalibration(answers.slice(0, validated.length), truth, classes, recipe);
  const columns = task.table.columns.map(({ name }) => name);
  await writeFitted(folder, { prompt: task.fit, columns, target, answerTokens: limits.answerTokens, calibration });
  return calibratedRows(rows, answers, calibration, classes, recipe);
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
