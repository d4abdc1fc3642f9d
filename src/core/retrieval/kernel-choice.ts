import type { Pace } from '../foundation/pace';
import { KernelRidge } from '../kernels/kernel-ridge';
import type { KernelRidgeOptions } from '../kernels/kernel-ridge';
import type { Cell } from '../table/table';
import type { FeatureSpace } from './feature-space';
import type { KnownAnswers } from './known-answers';

/** What is fitted takes time with the cube of the rows: few are enough to choose by. */
const mostRows = 300;
/** γ times the number of columns, each of variance 1. */
const widths = [0.1, 0.5, 2];
const ridges = [0.01, 0.1, 1];

/** Answers as numbers: [answers × rows], one row of zeros and ones for each class, or the numbers. */
export interface AnswerMatrix {
  readonly kind: KnownAnswers['kind'];
  readonly matrix: Float64Array;
  readonly rows: number;
}

/** Of the rows at these places. */
export function answersOf(answers: KnownAnswers, places: Int32Array): AnswerMatrix {
  const { kind } = answers;
  const rows = places.length;
  if (kind === 'numbers') return { kind, rows, matrix: Float64Array.from(places, (place) => answers.numbers[place]!) };
  const matrix = new Float64Array(answers.count * rows);
  places.forEach((place, at) => (matrix[answers.codes[place]! * rows + at] = 1));
  return { kind, rows, matrix };
}

/** Squared for the shares of classes (Brier, 1950), absolute for numbers, of which one may be far off. */
export function errorOf(said: Float64Array, { matrix, kind }: AnswerMatrix): number {
  return said.reduce((sum, value, at) => {
    const error = Math.abs(value - matrix[at]!);
    return sum + (kind === 'classes' ? error * error : error);
  }, 0);
}

/**
 * The space, the width and the ridge by which rows are told best that are left out. Throws `cancelled`.
 *
 * @param cells of the rows that have the answers
 */
export async function chooseKernel(
  spaces: readonly FeatureSpace[],
  columns: number,
  cells: readonly (readonly Cell[])[],
  answers: AnswerMatrix,
  pace: Pace,
): Promise<{ readonly space: FeatureSpace; readonly options: KernelRidgeOptions }> {
  const few = cells.slice(0, mostRows);
  const known = firstRows(answers, few.length);
  const all = widths.flatMap((width) => ridges.map((ridge) => ({ gamma: width / columns, ridge })));
  let best = { space: spaces[0]!, options: all[0]!, error: Infinity };
  for (const space of spaces) {
    const distances = space.squaredDistances(few.map((row) => space.pointOf(row)));
    for (const options of all) {
      const { leftOut } = await KernelRidge.fit(distances, known.matrix, options, pace);
      const error = errorOf(leftOut, known);
      if (error < best.error) best = { space, options, error };
    }
  }
  return best;
}

function firstRows({ kind, matrix, rows }: AnswerMatrix, count: number): AnswerMatrix {
  const first = new Float64Array((matrix.length / Math.max(1, rows)) * count);
  for (let at = 0; at * count < first.length; at++) {
    first.set(matrix.subarray(at * rows, at * rows + count), at * count);
  }
  return { kind, matrix: first, rows: count };
}
