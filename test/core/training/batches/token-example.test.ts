import { describe, expect, it } from 'vitest';
import { checkExamples, contextNeeded, type TokenExample } from '../../../../src/core/training/batches/token-example';

function text(length: number, lossPositions: number[]): TokenExample {
  return { tokens: new Int32Array(length), lossPositions: Int32Array.from(lossPositions) };
}

describe('checkExamples', () => {
  it('names the row, its length and the limit of a text that is too long', () => {
    expect(() => {
      checkExamples([text(3, [2]), text(9, [8])], 8, 'training');
    }).toThrow('training row 2 has 9 tokens, but the model reads at most 8');
  });

  it('measures a tree by its depth', () => {
    const tree: TokenExample = {
      ...text(4, []),
      positionIds: Int32Array.of(0, 1, 1, 1),
      visibleUntil: Int32Array.of(4, 2, 3, 4),
    };
    expect(contextNeeded(tree)).toBe(2);
    expect(() => {
      checkExamples([tree], 2, 'training');
    }).not.toThrow();
  });

  it('refuses a loss on the first token, which nothing precedes', () => {
    expect(() => {
      checkExamples([text(3, [0])], 8, 'validation');
    }).toThrow('Loss position 0 of validation example 1');
  });

  it('refuses arrays of unequal length', () => {
    expect(() => {
      checkExamples([{ ...text(3, [1]), weights: Float32Array.of(1, 1) }], 8, 'training');
    }).toThrow('differ in length');
  });
});
