import { median } from '../../foundation/median';
import type { Neighbour } from '../../retrieval/nearest-list';
import { parseNumber } from '../../table/columns/parse-number';
import type { NeighbourAnswer } from './neighbour-answers';

/** Of how many of the nearest rows the median is taken: more are smoother, and further off where the answer changes fast. */
const mostCentreRows = 8;

/** Of few rows fewer are near. */
export function centreRowsOf(rows: number): number {
  return Math.max(1, Math.min(mostCentreRows, Math.round(Math.sqrt(rows))));
}

/** Places of the training rows that are nearest to a training row, nearest first, without itself. */
export type NearestTo = (example: number, count: number) => readonly number[];

/**
 * What near rows say of a number: the median of the very nearest, and around it the errors that such a median makes at every
 * near row. The answers of the near rows themselves would spread wherever the target is steep, noise or none; the errors are what
 * is left for noise to explain. A mean would be at the mercy of outliers: a fifth of them made its error up to eight times larger.
 *
 * @param texts the answers of the training rows
 * @returns asked with the places of the rows near to one, nearest first
 */
export function numbersOf(
  texts: readonly string[],
  nearestTo: NearestTo,
): (near: readonly Neighbour[]) => NeighbourAnswer {
  const numbers = texts.map((text) => parseNumber(text));
  const centreRows = centreRowsOf(texts.length);
  const centreOf = (near: readonly number[]): number =>
    median(near.slice(0, centreRows).flatMap((row) => numbers[row] ?? [])) ?? NaN;
  const errors = new Map<number, number>();
  const errorOf = (row: number): number => {
    let error = errors.get(row);
    if (error === undefined) {
      error = numbers[row]! - centreOf(nearestTo(row, centreRows));
      errors.set(row, error);
    }
    return error;
  };
  return (neighbours) => {
    const near = neighbours.map(({ row }) => row);
    const centre = centreOf(near);
    const around = near.filter((row) => numbers[row] !== undefined).map((row) => centre + errorOf(row));
    const values = around.filter(Number.isFinite).sort((left, right) => left - right);
    // A lone row has no other by which its error could be told.
    if (values.length === 0) values.push(centre);
    return { kind: 'numbers', distribution: { values, probabilities: values.map(() => 1 / values.length) } };
  };
}
