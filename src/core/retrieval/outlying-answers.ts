import { median } from '../foundation/median';
import type { Random } from '../foundation/random';
import { parseNumber } from '../table/columns/parse-number';
import type { Table } from '../table/table';
import { NeighbourIndex } from './neighbour-index';

/** Rows are judged by those of a sample: all of a large table would say the same, and take long. */
const mostReferences = 1000;
/** Of fewer rows nobody can tell what is usual. */
const fewestReferences = 64;
const centreRows = 6;
/** Rows that are looked through for such that are not outlying themselves. */
const nearRows = 5 * centreRows;

/** Robust standard deviations from what like rows say. */
const farDeviations = 6;
/** With fewer suspects than this share of the rows, medians take no harm, and rare but right answers are kept. */
const leastSuspects = 0.05;
/** So many of the suspects must lie beyond the answers of other rows. Inside, the columns told may just say too little. */
const leastBeyond = 0.5;
/** The answers of other rows without their extremes. */
const edge = 0.01;
/** Once those that are plain are out of the way, others stand out too. */
const passes = 5;
/** The standard deviation of a normal number by its median absolute deviation (Hampel, 1974). */
const deviationsOfMedian = 1.4826;

/** A column of numbers, and the columns that it is predicted from: places in the table. */
export interface OutlyingOptions {
  readonly features: readonly number[];
  readonly target: number;
  /** Draws the sample of a large table. */
  readonly random: Random;
}

/**
 * The rows whose answers cannot be told by anything: far from the median of the rows most like them, and beyond what other
 * rows answer at all, as when digits slipped or an instrument failed. None unless there are many, since medians are proof
 * against few, and unless most that are far are also beyond: tables with steep or hidden relations have far rows too.
 *
 * The thresholds were chosen on tables with and without made-up outliers, with k nearest neighbours alone.
 *
 * @param rows training rows: indices into `table.rows`
 * @returns some of `rows`, in their order
 */
export function outlyingAnswers(table: Table, rows: readonly number[], options: OutlyingOptions): number[] {
  const { features, target, random } = options;
  const numbers = new Map<number, number>();
  for (const row of rows) {
    const number = parseNumber(table.rows[row]![target] ?? '');
    if (number !== undefined) numbers.set(row, number);
  }
  const known = [...numbers.keys()];
  const references = known.length <= mostReferences ? known : random.shuffle([...known]).slice(0, mostReferences);
  if (references.length < fewestReferences) return [];
  const index = NeighbourIndex.build(table, references, features, {
    weights: 'relevance',
    target: { index: target, task: 'regression' },
  });
  const nearTo = (row: number): number[] => index.nearest(table.rows[row]!, nearRows, row);
  const near = new Map(references.map((row) => [row, nearTo(row)]));
  /** How far a row is from those like it that are not set aside. */
  const distanceOf = (row: number, aside: ReadonlySet<number>): number => {
    const like = (near.get(row) ?? nearTo(row)).filter((other) => !aside.has(other));
    const centre = median(like.slice(0, centreRows).map((other) => numbers.get(other)!));
    return centre === undefined ? 0 : Math.abs(numbers.get(row)! - centre);
  };
  type Test = (row: number) => boolean;
  const farWithout = (aside: ReadonlySet<number>): Test => {
    const distances = references.flatMap((row) => (aside.has(row) ? [] : distanceOf(row, aside)));
    const deviation = deviationsOfMedian * (median(distances) ?? 0);
    // Where most rows answer just as those like them, any other answer would be far.
    return (row) => deviation > 0 && distanceOf(row, aside) > farDeviations * deviation;
  };
  const beyondOthersThan = (aside: ReadonlySet<number>): Test => {
    const kept = references.flatMap((row) => (aside.has(row) ? [] : numbers.get(row)!)).sort((a, b) => a - b);
    const low = kept[Math.floor(edge * (kept.length - 1))]!;
    const high = kept[Math.ceil((1 - edge) * (kept.length - 1))]!;
    return (row) => numbers.get(row)! < low || numbers.get(row)! > high;
  };

  let aside: ReadonlySet<number> = new Set(references.filter(farWithout(new Set())));
  const suspectsBeyond = [...aside].filter(beyondOthersThan(aside)).length;
  if (aside.size < leastSuspects * references.length || suspectsBeyond < leastBeyond * aside.size) return [];
  for (let pass = 1; pass < passes; pass++) aside = new Set(references.filter(farWithout(aside)));
  const [isFar, isBeyond] = [farWithout(aside), beyondOthersThan(aside)];
  return known.filter((row) => isBeyond(row) && isFar(row));
}
