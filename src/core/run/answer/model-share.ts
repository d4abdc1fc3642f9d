import { fitShare } from '../../evaluation/opinion-pool';
import { rankedProbabilityOfPool } from '../../evaluation/ranked-probability';
import type { Quadratic } from '../../evaluation/ranked-probability';
import type { Belief } from './belief';
import type { NeighbourAnswer } from './neighbour-answers';

/**
 * How much the model's answers count where they are pooled with those of the nearest training rows, fitted on rows whose truth
 * is known: by likelihood for classes; for numbers by the ranked probability score, as the likelihood of a Laplace
 * distribution whose scale is fitted too.
 *
 * @param labels the true class of each row; below 0 where it is unknown
 * @param numbers the true number of each row
 */
export function fitModelShare(
  model: readonly Belief[],
  neighbours: readonly NeighbourAnswer[],
  labels: readonly number[],
  numbers: readonly (number | undefined)[],
): number {
  const chances: { model: number; neighbours: number }[] = [];
  const scores: Quadratic[] = [];
  model.forEach((belief, row) => {
    const near = neighbours[row]!;
    const label = labels[row]!;
    const number = numbers[row];
    if (belief.kind === 'classes' && near.kind === 'classes' && label >= 0) {
      chances.push({ model: belief.probabilities[label]!, neighbours: near.probabilities[label]! });
    } else if (belief.kind === 'numbers' && near.kind === 'numbers' && number !== undefined) {
      scores.push(rankedProbabilityOfPool(belief.distribution, near.distribution, number));
    }
  });
  const sum = (of: (score: Quadratic) => number): number => scores.reduce((total, score) => total + of(score), 0);
  const [a, b, c] = [sum((score) => score.a), sum((score) => score.b), sum((score) => score.c)];
  return fitShare((share) => {
    const ofClasses = chances.reduce(
      (loss, chance) => loss - Math.log(share * chance.model + (1 - share) * chance.neighbours),
      0,
    );
    const ofNumbers = scores.length * Math.log(Math.max(Number.MIN_VALUE, (a * share + b) * share + c));
    return ofClasses + (scores.length > 0 ? ofNumbers : 0);
  });
}
