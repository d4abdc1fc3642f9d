import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/core/foundation/random';
import { packBatches } from '../../../../src/core/training/batches/packing';
import { planEpoch } from '../../../../src/core/training/batches/epoch-plan';

const lengthsOf = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 200 });

function shuffled(count: number, seed = 1): Uint32Array {
  return new Random(seed).shuffle(Uint32Array.from({ length: count }, (_, index) => index));
}

describe('packBatches', () => {
  it('places every example once, side by side, within the budget', () => {
    fc.assert(
      fc.property(lengthsOf, fc.integer({ min: 1, max: 300 }), (lengths, budget) => {
        const batches = packBatches(lengths, shuffled(lengths.length), budget);
        const seen = batches.flatMap((batch) => batch.placements.map((placement) => placement.example));
        expect(seen.sort((a, b) => a - b)).toEqual([...lengths.keys()]);
        for (const { rows, length, placements } of batches) {
          expect(rows * length <= budget || rows === 1).toBe(true);
          expect(Math.max(...placements.map(({ example }) => lengths[example]!))).toBe(length);
          const taken = new Set<number>();
          for (const { example, row, offset } of placements) {
            expect(row < rows && offset + lengths[example]! <= length).toBe(true);
            for (let column = offset; column < offset + lengths[example]!; column++) {
              expect(taken.has(row * length + column)).toBe(false);
              taken.add(row * length + column);
            }
          }
        }
      }),
    );
  });

  it('puts a short example behind another in the same row', () => {
    const [batch] = packBatches([10, 6, 4], [0, 1, 2], 100);
    expect(batch).toMatchObject({ rows: 2, length: 10 });
  });

  it('wastes little on padding when lengths differ widely', () => {
    const random = new Random(3);
    const lengths = Array.from({ length: 1000 }, () => 20 + random.below(180));
    const batches = packBatches(lengths, shuffled(1000), 4096);
    const area = batches.reduce((sum, { rows, length }) => sum + rows * length, 0);
    expect(lengths.reduce((sum, length) => sum + length, 0) / area).toBeGreaterThan(0.9);
  });
});

describe('planEpoch', () => {
  const lengths = Array.from({ length: 100 }, (_, index) => 10 + (index % 7));

  it('plans the same steps for the same seed and epoch, and others for another epoch', () => {
    const options = { runTokens: 128, stepTokens: 256, seed: 5 };
    expect(planEpoch(lengths, 2, options)).toEqual(planEpoch(lengths, 2, options));
    expect(planEpoch(lengths, 3, options)).not.toEqual(planEpoch(lengths, 2, options));
    expect(planEpoch(lengths, 2, { ...options, seed: 6 })).not.toEqual(planEpoch(lengths, 2, options));
  });

  it('sums batches up to the tokens of a step', () => {
    for (const step of planEpoch(lengths, 1, { runTokens: 64, stepTokens: 256, seed: 0 })) {
      expect(step.length).toBeGreaterThan(0);
      expect(step.reduce((sum, { rows, length }) => sum + rows * length, 0)).toBeLessThanOrEqual(256);
    }
  });
});
