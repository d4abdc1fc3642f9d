import { describe, expect, it } from 'vitest';
import { layOutTargets, layOutTokens } from '../../../../src/core/training/batches/batch-arrays';
import type { TokenExample } from '../../../../src/core/training/batches/token-example';

const plain: TokenExample = { tokens: Int32Array.of(5, 6, 7), lossPositions: Int32Array.of(2) };
/** A context of one token and two branches of two: 1 → (2 → 3), (4 → 5). */
const tree: TokenExample = {
  tokens: Int32Array.of(1, 2, 3, 4, 5),
  lossPositions: Int32Array.of(1, 2, 3, 4),
  weights: Float32Array.of(1, 2, 3, 4),
  visibleUntil: Int32Array.of(5, 3, 3, 5, 5),
  positionIds: Int32Array.of(0, 1, 2, 1, 2),
};

describe('layOutTokens and layOutTargets', () => {
  it('lets packed examples see only themselves, and padding only itself', () => {
    const placements = [
      { example: 0, row: 0, offset: 0 },
      { example: 0, row: 0, offset: 3 },
      { example: 0, row: 1, offset: 0 },
    ];
    const batch = { rows: 2, length: 7, placements };
    const arrays = { ...layOutTokens(batch, [plain]), ...layOutTargets(batch, [plain], 0.5) };
    expect([...arrays.inputIds]).toEqual([5, 6, 7, 5, 6, 7, 0, 5, 6, 7, 0, 0, 0, 0]);
    expect([...arrays.positionIds]).toEqual([0, 1, 2, 0, 1, 2, 0, 0, 1, 2, 0, 0, 0, 0]);
    expect([...arrays.visibleUntil]).toEqual([3, 3, 3, 6, 6, 6, 7, 3, 3, 3, 4, 5, 6, 7]);
    expect([...arrays.positions]).toEqual([1, 4, 8]);
    expect([...arrays.targets]).toEqual([7, 7, 7]);
    expect([...arrays.weights]).toEqual([0.5, 0.5, 0.5]);
  });

  it('asks the first token of a branch after the context', () => {
    const batch = { rows: 1, length: 6, placements: [{ example: 0, row: 0, offset: 1 }] };
    const arrays = { ...layOutTokens(batch, [tree]), ...layOutTargets(batch, [tree], 1) };
    expect([...arrays.positions]).toEqual([1, 2, 1, 4]);
    expect([...arrays.targets]).toEqual([2, 3, 4, 5]);
    expect([...arrays.weights]).toEqual([1, 2, 3, 4]);
    expect([...arrays.visibleUntil]).toEqual([1, 6, 4, 4, 6, 6]);
    expect([...arrays.positionIds]).toEqual([0, 0, 1, 2, 1, 2]);
  });
});
