import { Random } from '../../foundation/random';
import type { ColumnView } from '../column-view';

/** The paper shuffles once, with this seed, whatever else is random. */
const seed = 123;

/**
 * The name of another column for each column: the same wrong one in every row (Sattolo's algorithm, so that no column keeps
 * its own). A single column has no other name than its own.
 */
export function shuffledNames(features: readonly Pick<ColumnView, 'column' | 'name'>[]): ReadonlyMap<string, string> {
  const random = Random.derive(seed, 'names');
  const names = features.map(({ name }) => name);
  for (let last = names.length - 1; last > 0; last--) {
    const other = random.below(last);
    [names[last], names[other]] = [names[other]!, names[last]!];
  }
  return new Map(features.map(({ column }, index) => [column, names[index]!]));
}
