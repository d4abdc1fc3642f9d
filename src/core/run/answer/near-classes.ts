import type { Neighbour } from '../../retrieval/nearest-list';
import type { NeighbourAnswer } from './neighbour-answers';

const mostUnitRank = 3;

/**
 * The rows nearer than that of this rank are those that count: it is their distance in which nearness is measured. Of fewer than 64
 * rows fewer are near, down to the nearest alone; measured on parts of 10 to 80 rows of eleven tables.
 */
function unitRankOf(rows: number): number {
  return Math.max(0, Math.min(mostUnitRank, Math.round(0.6 * (Math.sqrt(rows) - 3))));
}

/**
 * What near rows say of a class: a row's vote falls exponentially with its distance, as in kNN-LM. Votes count as one row each
 * where the rows are equally near, as fewer where most of them hardly count (Kish's effective size, 1965); with them votes one
 * row that is distributed as all training rows are, so that nothing is impossible.
 *
 * @param texts the answers of the training rows
 * @returns asked with the rows near to one, nearest first
 */
export function classesOf(
  texts: readonly string[],
  classes: readonly string[],
): (near: readonly Neighbour[]) => NeighbourAnswer {
  const place = new Map(classes.map((label, index) => [label, index]));
  const codes = texts.map((text) => place.get(text));
  const unitRank = unitRankOf(texts.length);
  const prior = normalised(
    classes.map((_, index) => 1 + codes.reduce<number>((count, code) => count + (code === index ? 1 : 0), 0)),
  );
  return (near) => {
    const weights = weightsOf(near, unitRank);
    const votes = [...prior];
    near.forEach(({ row }, at) => {
      const code = codes[row];
      if (code !== undefined) votes[code]! += weights[at]!;
    });
    return { kind: 'classes', probabilities: normalised(votes) };
  };
}

function weightsOf(near: readonly Neighbour[], unitRank: number): number[] {
  const nearest = near[0]?.distance ?? 0;
  // Where so many rows are the same as the one at hand, only these count.
  const unit = Math.max(near[Math.min(unitRank, near.length - 1)]?.distance ?? 0, Number.MIN_VALUE);
  const raw = near.map(({ distance }) => Math.exp((nearest - distance) / unit));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  const squares = raw.reduce((total, weight) => total + weight ** 2, 0);
  return raw.map((weight) => (weight * sum) / squares);
}

function normalised(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}
