import { describe, expect, it } from 'vitest';
import { tokensOfRun } from '../../../src/core/training/run-tokens';

describe('tokensOfRun', () => {
  it('is the whole batch for a small model', () => {
    expect(tokensOfRun(4096, 2e6)).toBe(4096);
  });

  it('divides the batch evenly for a larger one', () => {
    const tokens = tokensOfRun(4096, 135e6);
    expect(tokens).toBeLessThan(300);
    expect(Math.ceil(4096 / tokens) * tokens - 4096).toBeLessThan(tokens / 4);
  });

  it('never goes below a length at which the work is still efficient', () => {
    expect(tokensOfRun(4096, 7e9)).toBe(64);
  });
});
