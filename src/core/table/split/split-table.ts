import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { Random } from '../../foundation/random';
import { findLeak, rowKeys } from './duplicate-rows';
import type { DuplicateLeak } from './duplicate-rows';
import { findColumn } from '../find-column';
import { givenSplit } from './given-split';
import type { GivenParts } from './given-split';
import { parseNumber } from '../columns/parse-number';
import { counted } from '../issues/counted';
import { drawStratified } from './strata';
import type { Group, Stratum } from './strata';
import type { Column, Table } from '../table';

/** Indices into `table.rows`, rising; a row is in one part, or in `unlabelled` when its target is missing. */
export interface Split {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
  readonly unlabelled: readonly number[];
  readonly leak: DuplicateLeak;
}

export interface SplitOptions {
  readonly target: string;
  readonly task: 'classification' | 'regression';
  /** Chooses the validation rows. */
  readonly seed: number;
  /** Chooses the test rows, so that runs with different seeds are judged on the same ones; 0 unless given. */
  readonly testSeed?: number;
  /** Share of the labelled rows, 0.2 unless given. */
  readonly testFraction?: number;
  /** Share of the rows that are not test rows, 0.2 unless given. */
  readonly validationFraction?: number;
  /** Whether rows with equal features and target stay in one part. */
  readonly keepDuplicatesTogether?: boolean;
  /** A column that tells the part of each row; seeds and shares then decide nothing. */
  readonly partColumn?: string | undefined;
  /** Columns by which rows are compared; all but the target and identifiers unless given. */
  readonly features?: readonly string[];
}

/** Fewer labelled rows cannot be split into three parts that each have one. */
export const leastLabelledRows = 5;
const targetBins = 10;

/**
 * Splits the labelled rows as the paper does (LIFT, NeurIPS 2022): a test part by `testSeed`, the rest by `seed`
 * into training and validation. All parts have the classes in the same proportions, a numeric target its deciles; every
 * class with a row is in the training part. A table may tell the parts itself, see `givenSplit`.
 * @throws LiftError `column-missing`; `target-invalid` when fewer than five rows have a target, or a regression target has
 *   words; `usage` for a share outside [0, 1).
 */
export function splitTable(table: Table, options: SplitOptions): Split {
  const { testSeed = 0, testFraction = 0.2, validationFraction = 0.2, seed } = options;
  for (const fraction of [testFraction, validationFraction]) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new LiftError(
        'usage',
        phrase`A split cannot hold out the share ${fraction}.`,
        'Use a share from 0 to below 1.',
      );
    }
  }
  const target = findColumn(table, options.target);
  const labelled: number[] = [];
  const unlabelled: number[] = [];
  for (const [row, cells] of table.rows.entries()) (cells[target.index] === null ? unlabelled : labelled).push(row);
  if (labelled.length < leastLabelledRows) {
    throw new LiftError(
      'target-invalid',
      phrase`Only ${counted(labelled.length, 'row')} of ${table.rows.length} have a value in "${target.name}".`,
      phrase`Fine-tuning needs at least ${leastLabelledRows}, and rather 50.`,
    );
  }
  const featureIndices = featuresOf(table, target, options.features);
  const drawn = (): GivenParts => {
    const keys = [...featureIndices, target.index];
    const groups = groupsOf(table, labelled, keys, options.keepDuplicatesTogether ?? false);
    const strata = strataOf(table, target, options.task, groups);
    const outer = drawStratified(strata, testFraction, Random.derive(testSeed, 'split-test'));
    const inner = drawStratified(outer.rest, validationFraction, Random.derive(seed, 'split-validation'));
    return { train: rowsOf(inner.rest), validation: rowsOf(inner.drawn), test: rowsOf(outer.drawn) };
  };
  const { partColumn } = options;
  const parts = partColumn === undefined ? drawn() : givenSplit(table, partColumn, labelled);
  return { ...parts, unlabelled, leak: findLeak(table, featureIndices, target.index, parts) };
}

function featuresOf(table: Table, target: Column, names: readonly string[] | undefined): number[] {
  if (names) {
    // Tables may have thousands of columns: each is not looked for from the beginning.
    const places = new Map(table.columns.map(({ name, index }) => [name, index]));
    return names.map((name) => places.get(name) ?? findColumn(table, name).index);
  }
  const others = table.columns.filter((column) => column.index !== target.index && column.type !== 'identifier');
  return others.map((column) => column.index);
}

function groupsOf(table: Table, rows: readonly number[], columns: readonly number[], together: boolean): Group[] {
  if (!together) return rows.map((row) => [row]);
  const keys = rowKeys(table, columns);
  return groupedBy(rows, (row) => keys[row]!);
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** One stratum a class; for a numeric target, tenths of the rows in the order of the target. */
function strataOf(table: Table, target: Column, task: SplitOptions['task'], groups: readonly Group[]): Stratum[] {
  const targetOf = (group: Group): string => table.rows[group[0]!]![target.index]!;
  if (task === 'classification') {
    return groupedBy(groups, targetOf);
  }
  const valued = groups.map((group) => ({ group, value: numberOf(targetOf(group), target) }));
  valued.sort((left, right) => left.value - right.value);
  const bins = Math.max(1, Math.min(targetBins, Math.floor(valued.length / targetBins)));
  return Array.from({ length: bins }, (_, bin) => {
    const from = Math.round((bin * valued.length) / bins);
    const to = Math.round(((bin + 1) * valued.length) / bins);
    return valued.slice(from, to).map(({ group }) => group);
  });
}

function numberOf(text: string, target: Column): number {
  const value = parseNumber(text);
  if (value !== undefined) return value;
  throw new LiftError(
    'target-invalid',
    phrase`"${text}" in "${target.name}" is not a number, so it cannot be the target of a regression.`,
    'Choose classification, or another target.',
  );
}

function rowsOf(strata: readonly Stratum[]): number[] {
  return strata.flat(2).sort((left, right) => left - right);
}
