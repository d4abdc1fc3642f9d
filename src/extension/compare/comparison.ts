import { basename, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { recipeDifferences } from '../../core/recipe/recipe-differences';
import { readRunRecipe } from '../../core/run/folder/open-run';
import type { ChangedRow, ComparedMeasure, ComparedRun, ComparisonView } from '../../shared/comparison-view';
import { measuresOf } from '../predictions/measures';
import { readPredictions } from '../predictions/read-predictions';
import type { RunSummary } from '../runs/run-summary';
import { changedRows, commonTestRows } from './changed-rows';
import { noiseVerdict } from './noise-verdict';

/** Two runs side by side, and the rows that they predict differently. */
export interface Comparison {
  readonly view: ComparisonView;
  readonly changes: readonly ChangedRow[];
}

/** Compares two runs. Throws `run-invalid` when one has no predictions or is damaged, `cancelled`. */
export async function compareRuns(left: RunSummary, right: RunSummary, signal?: AbortSignal): Promise<Comparison> {
  const [leftSet, rightSet, leftRecipe, rightRecipe] = await Promise.all([
    readPredictions(left.folder.predictions, signal),
    readPredictions(right.folder.predictions, signal),
    readRunRecipe(left.folder),
    readRunRecipe(right.folder),
  ]);
  const mayCompareRows = isSameQuestion(left, right);
  const common = mayCompareRows ? commonTestRows(leftSet, rightSet) : [];
  const changes = changedRows(leftSet, rightSet, common);
  const tested = Math.max(testRowsOf(leftSet), testRowsOf(rightSet));
  const count = (kind: ChangedRow['kind']): number => changes.filter((row) => row.kind === kind).length;
  const view: ComparisonView = {
    left: comparedRun(left),
    right: comparedRun(right),
    task: left.state.task,
    verdict: noiseVerdict(leftSet, rightSet, common),
    notices: noticesOn(left, right, common.length, tested),
    measures: left.state.task === right.state.task ? comparedMeasures(left, right) : [],
    recipe: recipeDifferences(leftRecipe, rightRecipe),
    commonRows: common.length,
    changes: { better: count('better'), worse: count('worse'), other: count('other') },
  };
  return { view, changes };
}

/** Rows are told apart by their number in the file, so only the very same table can be compared row by row. */
function isSameQuestion({ state: left }: RunSummary, { state: right }: RunSummary): boolean {
  return left.dataset.sha256 === right.dataset.sha256 && left.target === right.target && left.task === right.task;
}

function testRowsOf(set: Awaited<ReturnType<typeof readPredictions>>): number {
  let rows = 0;
  for (let place = 0; place < set.size; place++) if (set.part(place) === 'test') rows++;
  return rows;
}

function comparedRun({ folder, state }: RunSummary): ComparedRun {
  return {
    path: folder.path,
    name: state.name,
    begun: new Date(state.createdAt).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'medium' }),
    model: isAbsolute(state.model.id) ? basename(state.model.id) : state.model.id,
  };
}

function comparedMeasures(left: RunSummary, right: RunSummary): ComparedMeasure[] {
  return measuresOf(left.state.task).map(({ higherIsBetter, ...measure }) => {
    const values = { left: left.testMetrics?.[measure.key], right: right.testMetrics?.[measure.key] };
    const difference = (values.right ?? Number.NaN) - (values.left ?? Number.NaN);
    const isRightBetter = higherIsBetter ? difference > 0 : difference < 0;
    const better = difference === 0 || Number.isNaN(difference) ? undefined : isRightBetter ? 'right' : 'left';
    return { ...measure, ...values, better };
  });
}

function noticesOn(
  { state: left }: RunSummary,
  { state: right }: RunSummary,
  common: number,
  tested: number,
): string[] {
  if (left.task !== right.task || left.target !== right.target) {
    return [vscode.l10n.t('These runs predict different things, so their rows and metrics cannot be compared.')];
  }
  if (left.dataset.sha256 !== right.dataset.sha256) {
    return [
      vscode.l10n.t(
        'These runs were trained on different tables, or the table has changed between them: their metrics are from different rows.',
      ),
    ];
  }
  if (common < tested) {
    return [
      vscode.l10n.t(
        'The splits differ: {0} test rows are common to both runs. The metrics of each run are from its own test rows.',
        common.toLocaleString(),
      ),
    ];
  }
  return [];
}
