import type { Recipe } from '../../recipe/recipe';
import type { RawAnswer } from './answers';
import { calibrated } from './calibration';
import type { Calibration } from './calibration';
import type { NeighbourAnswer } from './neighbour-answers';
import type { Prediction, SplitPart } from '../folder/predictions-file';
import type { PromptRow } from '../task/prompt-source';

/** A row that is asked about, and what is known of it. */
export interface AskedRow extends PromptRow {
  readonly rowId: number;
  readonly part: SplitPart;
  /** As the table has it; null when it is missing. */
  readonly truth: string | null;
}

/** Puts calibrated answers beside their rows, in the order of the file. */
export function calibratedRows(
  rows: readonly AskedRow[],
  answers: readonly RawAnswer[],
  neighbours: readonly NeighbourAnswer[] | undefined,
  calibration: Calibration,
  classes: readonly string[],
  recipe: Recipe,
): Prediction[] {
  const predictions = rows.map(({ rowId, lineNumber, part, truth }, index): Prediction => {
    const answer = calibrated(answers[index]!, neighbours?.[index], calibration, classes, recipe);
    return { rowId, lineNumber, part, truth, ...answer };
  });
  return predictions.sort((a, b) => a.rowId - b.rowId);
}

/** How often predictions fell back on something, by kind. */
export function countFallbacks(predictions: readonly Prediction[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fallback } of predictions) if (fallback !== '') counts[fallback] = (counts[fallback] ?? 0) + 1;
  return counts;
}
