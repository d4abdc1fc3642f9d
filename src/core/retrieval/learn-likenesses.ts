import { Pace } from '../foundation/pace';
import type { Table } from '../table/table';
import { fitFeature } from './feature-encoder';
import { relevanceWeights } from './feature-relevance';
import type { RelevanceTarget } from './feature-relevance';
import { ForestLikeness } from './forest-likeness';
import { KernelLikeness } from './kernel-likeness';
import type { Likeness } from './likeness';

/** What is learnt of the rows about which of them are alike: nothing, by a forest, or by a forest and a kernel. */
export type Learning = 'none' | 'forest' | 'forest-and-kernel';

/**
 * Learns from the given rows of a table, in the order of which the likenesses then tell; give training rows, as rising indices.
 * Throws `cancelled`.
 *
 * @param featureIndices the columns that count
 */
export async function learnLikenesses(
  table: Table,
  rows: readonly number[],
  featureIndices: readonly number[],
  target: RelevanceTarget,
  learning: Learning,
  pace = new Pace(),
): Promise<Likeness[]> {
  // Of one feature alone nothing can be learnt that its difference does not say.
  if (learning === 'none' || featureIndices.length < 2) return [];
  const features = featureIndices.map((index) => ({ ...fitFeature(table, rows, table.columns[index]!), index }));
  const forest = await ForestLikeness.grow(table, rows, features, target, pace);
  if (learning === 'forest') return [forest];
  const weights = relevanceWeights(table, rows, featureIndices, target);
  return [forest, await KernelLikeness.fit(table, rows, features, weights, target, pace)];
}
