import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { argmax, sample } from '../../../src/core/inference/sampling';

describe('argmax', () => {
  it('gives the first of the largest', () => {
    expect(argmax([1, 5, 5, 2])).toBe(1);
  });
});

describe('sample', () => {
  it('takes the largest at temperature 0', () => {
    expect(sample([0, 3, 1], 0, new Random(1))).toBe(1);
  });

  it('draws by softmax(logits / temperature)', () => {
    const random = new Random(1);
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 20_000; draw++) counts[sample([Math.log(2), 0, -Infinity], 0.5, random)]!++;
    expect(counts[0]! / 20_000).toBeCloseTo(0.8, 1);
    expect(counts[2]).toBe(0);
  });
});
