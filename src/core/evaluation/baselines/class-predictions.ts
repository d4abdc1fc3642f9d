import type { ClassPredictions } from './baseline';

/** The most probable class of each row, the first one of equals; probabilities are [rows × classes], row-major. */
export function mostProbable(probabilities: Float64Array, classCount: number): ClassPredictions {
  const labels = new Int32Array(probabilities.length / classCount);
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let index = 1; index < classCount; index++) {
      if (probabilities[row * classCount + index]! > probabilities[row * classCount + best]!) best = index;
    }
    labels[row] = best;
  }
  return { labels, probabilities };
}

/** Turns `count` scores from `offset` on into probabilities in place, and returns log Σ exp(score). */
export function softmaxInPlace(scores: Float64Array, offset: number, count: number): number {
  let highest = -Infinity;
  for (let index = offset; index < offset + count; index++) highest = Math.max(highest, scores[index]!);
  let total = 0;
  for (let index = offset; index < offset + count; index++) {
    const weight = Math.exp(scores[index]! - highest);
    scores[index] = weight;
    total += weight;
  }
  for (let index = offset; index < offset + count; index++) scores[index]! /= total;
  return highest + Math.log(total);
}
