import { poolClasses, poolNumbers } from '../../evaluation/opinion-pool';
import { applyTemperature } from '../../evaluation/temperature';
import type { NumberDistribution } from '../../inference/number-statistics';
import type { RawAnswer } from './answers';
import type { NeighbourAnswer } from './neighbour-answers';

/** What is believed of a row's answer: what the model says after its temperature, or the pool of that with the nearest rows. */
export type Belief =
  | { readonly kind: 'classes'; readonly probabilities: readonly number[] }
  | { readonly kind: 'numbers'; readonly distribution: NumberDistribution }
  | { readonly kind: 'text'; readonly answer: string | null };

/**
 * @param neighbours what the training rows nearest to the row say, where it is to be pooled
 * @param modelShare of the model in the pool; the rest is the neighbours'
 */
export function beliefOf(
  answer: RawAnswer,
  neighbours: NeighbourAnswer | undefined,
  { temperature, modelShare }: { readonly temperature: number; readonly modelShare: number },
): Belief {
  if (answer.kind !== 'classes') return pooled(answer, neighbours, modelShare);
  const probabilities = applyTemperature(answer.scores, temperature);
  return pooled({ kind: 'classes', probabilities }, neighbours, modelShare);
}

/** A text that was generated is no distribution, and stays as it is. */
export function pooled(belief: Belief, neighbours: NeighbourAnswer | undefined, share: number): Belief {
  if (!neighbours || share === 1) return belief;
  if (belief.kind === 'classes' && neighbours.kind === 'classes') {
    return { kind: 'classes', probabilities: poolClasses(belief.probabilities, neighbours.probabilities, share) };
  }
  if (belief.kind === 'numbers' && neighbours.kind === 'numbers') {
    return { kind: 'numbers', distribution: poolNumbers(belief.distribution, neighbours.distribution, share) };
  }
  return belief;
}
