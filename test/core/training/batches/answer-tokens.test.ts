import { describe, expect, it } from 'vitest';
import { AnswerTokens } from '../../../../src/core/training/batches/answer-tokens';

describe('AnswerTokens', () => {
  it('holds every token that carries loss once, ascending, and knows their places', () => {
    const answers = AnswerTokens.of([
      { tokens: Int32Array.of(7, 90, 5), lossPositions: Int32Array.of(1, 2) },
      { tokens: Int32Array.of(1, 1, 90, 20), lossPositions: Int32Array.of(2, 3) },
    ]);
    expect([...answers.tokens]).toEqual([5, 20, 90]);
    expect([...answers.placesOf(Int32Array.of(90, 5, 90))]).toEqual([2, 0, 2]);
  });

  it('refuses a target that is no answer token, with what to change', () => {
    expect(() => new AnswerTokens([5]).placesOf(Int32Array.of(6))).toThrow('The token 6 carries loss');
  });
});
