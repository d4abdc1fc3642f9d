import { describe, expect, it } from 'vitest';
import { tokensOfRun } from '../../../../src/core/training/batches/run-tokens';

const embedded = { parameterCount: 2.2e6, vocabSize: 2048, hiddenSize: 192, tiedHead: true };
const gpt2 = { parameterCount: 124e6, vocabSize: 50257, hiddenSize: 768, tiedHead: true };

describe('tokensOfRun', () => {
  it('is the whole batch for a small model', () => {
    expect(tokensOfRun(4096, embedded, 'full')).toBe(4096);
  });

  it('divides the batch evenly for a larger one, the more the more a token costs', () => {
    const [score, lora, full] = (['score', 'lora', 'full'] as const).map((kind) => tokensOfRun(4096, gpt2, kind));
    expect(score!).toBeGreaterThan(lora!);
    expect(lora!).toBeGreaterThan(full!);
    for (const tokens of [score!, lora!, full!]) {
      expect(Math.ceil(4096 / tokens) * tokens - 4096).toBeLessThan(Math.ceil(4096 / tokens));
    }
  });

  it('never goes below a length at which the work is still efficient', () => {
    expect(tokensOfRun(4096, { ...gpt2, parameterCount: 7e9 }, 'full')).toBe(64);
  });
});
