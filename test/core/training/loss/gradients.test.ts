import { describe, expect, it } from 'vitest';
import { addGradients, clipFactor, globalNorm } from '../../../../src/core/training/loss/gradients';

function gradientsOf(...values: number[][]): Map<string, Float32Array> {
  return new Map(values.map((list, index) => [`p${index}`, Float32Array.from(list)]));
}

describe('globalNorm', () => {
  it('is the length of all gradients taken as one vector', () => {
    expect(globalNorm(gradientsOf([1, 2, 3, 4, 5], [3]))).toBeCloseTo(8);
  });

  it('is not finite as soon as one element is not', () => {
    expect(globalNorm(gradientsOf([1, NaN]))).toBeNaN();
    expect(globalNorm(gradientsOf([1, 2, 3, 4, -Infinity]))).toBe(Infinity);
  });
});

describe('clipFactor', () => {
  it('leaves a gradient within the limit as it is and brings a longer one down to it', () => {
    expect(clipFactor(0.5, 1)).toBe(1);
    expect(clipFactor(4, 1)).toBeCloseTo(0.25, 5);
  });

  it('does nothing with a limit of 0', () => {
    expect(clipFactor(1e9, 0)).toBe(1);
  });
});

describe('addGradients', () => {
  it('adds element by element, in place', () => {
    const sums = gradientsOf([1, 2], [3]);
    addGradients(sums, gradientsOf([10, 20], [30]));
    expect(sums).toEqual(gradientsOf([11, 22], [33]));
  });
});
