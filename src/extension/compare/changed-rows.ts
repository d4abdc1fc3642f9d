import type { ChangedRow, ChangeKind } from '../../shared/comparison-view';
import type { PredictionSet } from '../predictions/prediction-set';

/** A test row that both runs have predicted: its places in the two sets of predictions. */
export interface CommonRow {
  readonly left: number;
  readonly right: number;
}

/** The test rows that two runs on the same table have in common and whose answer is known, in the order of the table. */
export function commonTestRows(left: PredictionSet, right: PredictionSet): CommonRow[] {
  const common: CommonRow[] = [];
  for (let place = 0; place < left.size; place++) {
    if (!isTested(left, place)) continue;
    const other = right.placeOf(left.columns.rows[place]!);
    if (other >= 0 && isTested(right, other)) common.push({ left: place, right: other });
  }
  return common;
}

function isTested(set: PredictionSet, place: number): boolean {
  if (set.part(place) !== 'test' || set.truth(place) === undefined) return false;
  return set.task === 'classification' || Number.isFinite(set.error(place));
}

/** The rows whose prediction changed: of numbers those with the largest change of the error first. */
export function changedRows(left: PredictionSet, right: PredictionSet, common: readonly CommonRow[]): ChangedRow[] {
  const changed = common.filter((row) => left.prediction(row.left) !== right.prediction(row.right));
  const changeOf = (row: CommonRow): number =>
    Math.abs(Math.abs(left.error(row.left)) - Math.abs(right.error(row.right)));
  const ordered = left.task === 'classification' ? changed : changed.sort((a, b) => changeOf(b) - changeOf(a));
  return ordered.map((row) => ({
    line: left.columns.lines[row.left]!,
    kind: left.task === 'classification' ? kindOfClasses(left, right, row) : kindOfNumbers(left, right, row),
    truth: left.truth(row.left)!,
    left: { text: left.prediction(row.left), confidence: left.facts(row.left).confidence },
    right: { text: right.prediction(row.right), confidence: right.facts(row.right).confidence },
  }));
}

function kindOfClasses(left: PredictionSet, right: PredictionSet, row: CommonRow): ChangeKind {
  if (right.verdict(row.right) === 'right') return 'better';
  return left.verdict(row.left) === 'right' ? 'worse' : 'other';
}

function kindOfNumbers(left: PredictionSet, right: PredictionSet, row: CommonRow): ChangeKind {
  const change = Math.abs(right.error(row.right)) - Math.abs(left.error(row.left));
  return change < 0 ? 'better' : change > 0 ? 'worse' : 'other';
}
