/** Where one example lies in a batch. */
export interface Placement {
  /** Index into the examples. */
  readonly example: number;
  readonly row: number;
  /** Column of its first token. */
  readonly offset: number;
}

/** Examples laid out in a rectangle of `rows` × `length` tokens that one run of a graph takes. */
export interface Batch {
  readonly rows: number;
  readonly length: number;
  readonly placements: readonly Placement[];
}

/** How many batches' worth of examples are sorted by length together; beyond this the order stays as random as it came. */
const poolBatches = 16;
/** Lengths are told apart in steps of this share of the pool's longest, so that similar ones mix anew each epoch. */
const lengthSteps = 32;

/**
 * Puts examples into batches of at most `batchTokens` tokens, padding included (a longer example gets a batch of its own).
 * Examples of similar length share a batch, as wide as its longest; a short one goes behind another in the same row when
 * both fit (packed examples do not see each other). Deterministic in its arguments.
 * @param lengths tokens of each example
 * @param order the examples to pack, in a random order; ties between lengths keep it
 */
export function packBatches(lengths: ArrayLike<number>, order: ArrayLike<number>, batchTokens: number): Batch[] {
  const batches: Batch[] = [];
  let next = 0;
  while (next < order.length) {
    const pool: number[] = [];
    let longest = 1;
    for (; next < order.length; next++) {
      const example = order[next]!;
      const longer = Math.max(longest, lengths[example]!);
      if (pool.length > 0 && longer * (pool.length + 1) > batchTokens * poolBatches) break;
      pool.push(example);
      longest = longer;
    }
    const bucket = (example: number): number => Math.ceil((lengths[example]! * lengthSteps) / longest);
    pool.sort((a, b) => bucket(b) - bucket(a));
    batches.push(...packPool(pool, lengths, batchTokens));
  }
  return batches;
}

/** First fit in the given order. */
function packPool(pool: readonly number[], lengths: ArrayLike<number>, batchTokens: number): Batch[] {
  const batches: Batch[] = [];
  let used: number[] = [];
  let width = 0;
  let placements: Placement[] = [];
  for (const example of pool) {
    const length = lengths[example]!;
    let row = used.findIndex((tokens) => tokens + length <= width);
    if (row < 0) {
      const wider = Math.max(width, length);
      if (used.length > 0 && (used.length + 1) * wider > batchTokens) {
        batches.push({ rows: used.length, length: width, placements });
        used = [];
        placements = [];
        width = 0;
      }
      width = Math.max(width, length);
      row = used.push(0) - 1;
    }
    placements.push({ example, row, offset: used[row]! });
    used[row] = used[row]! + length;
  }
  if (used.length > 0) batches.push({ rows: used.length, length: width, placements });
  return batches;
}
