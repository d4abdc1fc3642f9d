import type { Random } from '../../foundation/random';

/** Rows that belong together: a single row, or all copies of one. */
export type Group = readonly number[];

/** Groups of which every part of a split should get the same share: one class, or one range of a numeric target. */
export type Stratum = readonly Group[];

/**
 * Draws about `fraction` of the rows of each stratum, whole groups at a time, and leaves at least one group of each.
 *
 * The rows of a stratum are apportioned by largest remainders, so that the sizes add up to `fraction` of all rows however
 * small the strata are; which stratum of equal remainders gets the next row is left to chance.
 * @returns the drawn groups and the others, by stratum
 */
export function drawStratified(
  strata: readonly Stratum[],
  fraction: number,
  random: Random,
): { drawn: Stratum[]; rest: Stratum[] } {
  const quotas = apportion(strata.map(sizeOf), fraction, random);
  const drawn: Stratum[] = [];
  const rest: Stratum[] = [];
  for (const [index, stratum] of strata.entries()) {
    const kept: Group[] = [];
    const taken: Group[] = [];
    let missing = quotas[index]!;
    for (const group of random.shuffle([...stratum])) {
      if (group.length <= missing) {
        taken.push(group);
        missing -= group.length;
      } else {
        kept.push(group);
      }
    }
    drawn.push(taken);
    rest.push(kept);
  }
  return { drawn, rest };
}

/** The rows to draw from each stratum: fewer than it has, so that some are left. */
function apportion(sizes: readonly number[], fraction: number, random: Random): number[] {
  const total = Math.round(fraction * sizes.reduce((sum, size) => sum + size, 0));
  const quotas = sizes.map((size) => Math.min(Math.floor(size * fraction), Math.max(0, size - 1)));
  const order = random.shuffle(sizes.map((_, index) => index));
  const remainder = (index: number): number => sizes[index]! * fraction - Math.floor(sizes[index]! * fraction);
  order.sort((left, right) => remainder(right) - remainder(left));
  let missing = total - quotas.reduce((sum, quota) => sum + quota, 0);
  for (const index of order) {
    if (missing <= 0) break;
    if (quotas[index]! + 1 >= sizes[index]!) continue;
    quotas[index]!++;
    missing--;
  }
  return quotas;
}

function sizeOf(stratum: Stratum): number {
  return stratum.reduce((sum, group) => sum + group.length, 0);
}
