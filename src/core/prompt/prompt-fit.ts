import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';
import { ColumnFinder } from './names/column-finder';
import { fitNumberFormat } from './numbers/number-format';
import type { FittedFormat } from './numbers/number-format';
import type { PromptSpec } from './prompt-spec';
import { RowScale } from './numbers/row-scale';

/** What prompts learn from the training rows; plain data, so that a run can store it as JSON and write the same prompts. */
export interface PromptFit {
  /** The fitted format of every feature of the spec, in its order. */
  readonly features: readonly FittedFormat[];
  readonly target: FittedFormat;
  /** Classes as the table writes them; empty in a regression. */
  readonly classes: readonly string[];
}

/** How far the scale of `scaled-linear` answers goes on beyond the training range on each side, as a share of it. */
const answerMargin = 0.1;

/** The parts of a table that fitting reads. */
export interface FittingTable {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * Fits number formats and collects the classes, from the training rows only.
 *
 * Classes come in the order of the spec's labels, the others behind them in numeric or else alphabetic order.
 *
 * @param trainingRows indices into `table.rows`
 * @throws LiftError `column-missing` for a feature or target that the table lacks; `target-invalid` when no training row
 *   has an answer, or a regression's answer is no number
 */
export function fitPrompt(spec: PromptSpec, table: FittingTable, trainingRows: readonly number[]): PromptFit {
  const finder = new ColumnFinder(table.columns.map((column) => column.name));
  const scale = new RowScale(spec, finder);
  const told = trainingRows.map((row) => scale.of(table.rows[row]!));
  const numbersOf = (column: string): Float64Array => numbersIn(cellsOf(told, finder.indexOf(column))).numbers;
  const digits = Float64Array.from(
    spec.features.flatMap(({ column, format, include }) =>
      format === 'digit' && include ? extremesOf(numbersOf(column)) : [],
    ),
  );
  const features = spec.features.map(({ column, format }) => {
    const isScaled = format === 'scaled' || format === 'scaled-linear';
    return fitNumberFormat(format, isScaled ? numbersOf(column) : digits);
  });
  const answers = cellsOf(told, finder.indexOf(spec.target.column));
  if (answers.length === 0) {
    throw new LiftError(
      'target-invalid',
      phrase`The target column "${spec.target.column}" is empty in all ${trainingRows.length} training rows.`,
      'Choose a target column that has values.',
    );
  }
  if (spec.task === 'classification') {
    return { features, target: { kind: 'as-is' }, classes: orderClasses(answers, Object.keys(spec.target.labels)) };
  }
  const target = fitNumberFormat(spec.target.format, requireNumbers(answers, spec.target.column), answerMargin);
  return { features, target, classes: [] };
}

function cellsOf(rows: readonly (readonly Cell[])[], index: number): string[] {
  const cells: string[] = [];
  for (const row of rows) {
    const cell = row[index];
    if (cell !== null && cell !== undefined) cells.push(cell);
  }
  return cells;
}

/** The least and the greatest; nothing of nothing. */
function extremesOf(numbers: Float64Array): number[] {
  if (numbers.length === 0) return [];
  return [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
}

function numbersIn(cells: readonly string[]): { numbers: Float64Array; others: string[] } {
  const numbers: number[] = [];
  const others: string[] = [];
  for (const cell of cells) {
    const value = parseNumber(cell);
    if (value === undefined) others.push(cell);
    else numbers.push(value);
  }
  return { numbers: Float64Array.from(numbers), others };
}

function requireNumbers(answers: readonly string[], column: string): Float64Array {
  const { numbers, others } = numbersIn(answers);
  const [first] = others;
  if (first === undefined) return numbers;
  throw new LiftError(
    'target-invalid',
    phrase`The target column "${column}" is not numeric: ${others.length} of ${answers.length} training answers are no numbers, such as "${first.slice(0, 40)}".`,
    'Predict classes with the task "classification", or repair these cells.',
  );
}

function orderClasses(answers: readonly string[], labelled: readonly string[]): string[] {
  const found = new Set(answers);
  const first = labelled.filter((label) => found.delete(label));
  return [...first, ...sortNaturally([...found])];
}

function sortNaturally(labels: string[]): string[] {
  const values = new Map(labels.map((label) => [label, parseNumber(label)]));
  const isNumeric = [...values.values()].every((value) => value !== undefined);
  return labels.sort(
    (left, right) =>
      (isNumeric ? values.get(left)! - values.get(right)! : 0) || (left < right ? -1 : left > right ? 1 : 0),
  );
}
