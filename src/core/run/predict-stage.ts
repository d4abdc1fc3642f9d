import type { Recipe } from '../recipe/recipe';
import { AnswerModel } from './answer-model';
import type { RawAnswer } from './answers';
import type { BegunRun } from './begin-run';
import { calibrated, fitCalibration } from './calibration';
import type { Calibration } from './calibration';
import type { PromptLimits } from './encode-prompt';
import type { RunContext } from './events';
import { writeFitted } from './fitted-file';
import type { Prediction, SplitPart } from './predictions-file';
import type { PreparedTask } from './prepare-task';
import type { PromptRow } from './prompt-source';
import type { StageReport } from './stage-clock';
import { openTrained } from './trained-model';

/** A row that is asked about, and what is known of it. */
export interface AskedRow extends PromptRow {
  readonly rowId: number;
  readonly part: SplitPart;
  /** As the table has it; null when it is missing. */
  readonly truth: string | null;
}

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
  const answering = await AnswerModel.open(asked, { ...task, limits, trained }, context);
  let answers: RawAnswer[];
  try {
    answers = await answering.answer(rows, context, report);
  } finally {
    await answering.close();
  }
  const { classes } = task.fit;
  const validated = rows.filter(({ part }) => part === 'validation');
  const truth = validated.map((row) => row.truth!);
  const calibration = fitCalibration(answers.slice(0, validated.length), truth, classes, recipe);
  const columns = task.table.columns.map(({ name }) => name);
  await writeFitted(folder, { prompt: task.fit, columns, calibration });
  return predictionsOf(rows, answers, calibration, classes, recipe);
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

/** Puts calibrated answers beside their rows, in the order of the file. */
export function predictionsOf(
  rows: readonly AskedRow[],
  answers: readonly RawAnswer[],
  calibration: Calibration,
  classes: readonly string[],
  recipe: Recipe,
): Prediction[] {
  const predictions = rows.map(({ rowId, lineNumber, part, truth }, index): Prediction => {
    return { rowId, lineNumber, part, truth, ...calibrated(answers[index]!, calibration, classes, recipe) };
  });
  return predictions.sort((a, b) => a.rowId - b.rowId);
}

/** How often predictions fell back on something, by kind. */
export function countFallbacks(predictions: readonly Prediction[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fallback } of predictions) if (fallback !== '') counts[fallback] = (counts[fallback] ?? 0) + 1;
  return counts;
}
