import { Random } from '../../../src/core/foundation/random';
import type { TokenExample } from '../../../src/core/training/batches/token-example';

/** Texts of random tokens (20–69) whose last two tokens follow from the first (0–3): 10 more, and 15. */
export function randomTexts(count: number, seed: number): TokenExample[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const kind = random.below(4);
    const tokens = Int32Array.from({ length: 6 + random.below(10) }, () => 20 + random.below(50));
    tokens[0] = kind;
    tokens.set([10 + kind, 15], tokens.length - 2);
    return { tokens, lossPositions: Int32Array.of(tokens.length - 2, tokens.length - 1) };
  });
}
