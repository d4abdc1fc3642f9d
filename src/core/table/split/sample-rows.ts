import { Random } from '../../foundation/random';

/** A uniform sample of `count` of the row numbers 0 to `total - 1`, rising (Floyd's algorithm; Bentley and Floyd, 1987). */
export function sampleRows(total: number, count: number, seed: number): number[] {
  const random = Random.derive(seed, 'sample-rows');
  const chosen = new Set<number>();
  for (let last = total - count; last < total; last++) {
    const row = random.below(last + 1);
    chosen.add(chosen.has(row) ? last : row);
  }
  return [...chosen].sort((left, right) => left - right);
}
