import { LiftError } from '../../foundation/lift-error';
import { amount, phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { Random } from '../../foundation/random';
import type { Recipe } from '../../recipe/recipe';
import { findIssues } from '../../table/issues/find-issues';
import { splitTable } from '../../table/split/split-table';
import type { Split } from '../../table/split/split-table';
import type { Table } from '../../table/table';
import type { RunContext } from '../events';
import { notice } from '../notice';

/** The parts of a run: indices into `table.rows`. Parts too large to be predicted in reasonable time are random subsets. */
export interface RowParts extends Split {
  /** Those training rows that the model is trained on: at most `training.maxRows`, and no outliers that are set aside. */
  readonly trainedOn: readonly number[];
}

/** A validation pass follows every epoch, and calibration needs no more rows than this. */
const MOST_VALIDATION_ROWS = 1000;
/** The standard error of an accuracy is below 0.7 % with so many rows. */
const MOST_TEST_ROWS = 5000;
const MOST_UNLABELLED_ROWS = 5000;

/** Splits a table as the recipe says, and tells what stands against it. Throws `target-invalid`, `column-missing`. */
export function splitRows(table: Table, recipe: Recipe, emit: RunContext['emit']): RowParts {
  warnOfIssues(table, recipe, emit);
  const whole = splitTable(table, {
    target: recipe.target.column,
    task: recipe.task,
    seed: recipe.split.seed,
    testSeed: recipe.split.testSeed,
    testFraction: recipe.split.test,
    validationFraction: recipe.split.validation,
    keepDuplicatesTogether: recipe.split.keepDuplicatesTogether,
    partColumn: recipe.split.column ?? undefined,
    features: includedColumns(recipe),
  });
  warnOfLeak(whole, emit);
  const predicted = (part: 'validation' | 'test' | 'unlabelled', most: number): readonly number[] => {
    const rows = whole[part];
    if (rows.length > most) say(emit, sampled(part, rows.length, most));
    return subset(rows, most, recipe.split.testSeed, part);
  };
  const { seed, maxRows, steps } = recipe.training;
  // A model without a step only reads rows: nothing is trained on some of them.
  if (whole.train.length > maxRows && steps !== 0) {
    say(
      emit,
      phrase`The model is trained on a random ${amount(maxRows)} of ${amount(whole.train.length)} training rows.`,
    );
  }
  return {
    ...whole,
    trainedOn: subset(whole.train, maxRows, seed, 'train'),
    validation: predicted('validation', MOST_VALIDATION_ROWS),
    test: predicted('test', MOST_TEST_ROWS),
    unlabelled: predicted('unlabelled', MOST_UNLABELLED_ROWS),
  };
}

/** The columns that prompts tell. */
export function includedColumns(recipe: Recipe): string[] {
  return recipe.features.filter(({ include }) => include).map(({ column }) => column);
}

function warnOfIssues(table: Table, recipe: Recipe, emit: RunContext['emit']): void {
  const concerned = new Set([recipe.target.column, ...includedColumns(recipe)]);
  for (const issue of findIssues(table, { target: recipe.target.column, task: recipe.task })) {
    if (issue.severity === 'error') throw new LiftError('target-invalid', issue.message, issue.hint);
    // The split itself says how many copies there are on which side.
    if (issue.kind === 'duplicate-rows' || (issue.column !== undefined && !concerned.has(issue.column))) continue;
    emit(notice('warning', phrase`${issue.message} ${issue.hint}`));
  }
}

function warnOfLeak({ leak }: Split, emit: RunContext['emit']): void {
  const { sameTarget, rows } = leak.test;
  if (sameTarget === 0) return;
  const message = phrase`${amount(sameTarget)} of ${amount(rows)} test rows are exact copies of training rows, so every method looks better here than on new rows. Set split.keepDuplicatesTogether to true to judge without them.`;
  emit(notice('warning', message));
}

/** A random subset in the order of the table; all of them when there are few enough. */
function subset(rows: readonly number[], most: number, seed: number, name: string): readonly number[] {
  if (rows.length <= most) return rows;
  const drawn = Random.derive(seed, `rows ${name}`)
    .shuffle([...rows])
    .slice(0, most);
  return drawn.sort((a, b) => a - b);
}

function say(emit: RunContext['emit'], message: Phrase): void {
  emit(notice('info', message));
}

function sampled(part: 'validation' | 'test' | 'unlabelled', rows: number, most: number): Phrase {
  switch (part) {
    case 'validation':
      return phrase`Of the ${amount(rows)} validation rows a random ${amount(most)} are predicted.`;
    case 'test':
      return phrase`Of the ${amount(rows)} test rows a random ${amount(most)} are predicted.`;
    case 'unlabelled':
      return phrase`Of the ${amount(rows)} unlabelled rows a random ${amount(most)} are predicted.`;
  }
}
