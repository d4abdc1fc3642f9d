import { describe, expect, it } from 'vitest';
import { classProbabilities } from '../../../../src/core/backends/openai/scores';
import type { AnswerToken } from '../../../../src/core/backends/openai/scores';

const completions = [' setosa@@@', ' versicolor@@@', ' virginica@@@'];

/** A token with the probabilities of what may stand there, itself first. */
function token(...scores: [string, number][]): AnswerToken {
  return { token: scores[0]![0], scores: new Map(scores.map(([text, share]) => [text, Math.log(share)])) };
}

function rounded(tokens: AnswerToken[], classes = completions): number[] | undefined {
  const found = classProbabilities(tokens, classes);
  return found && [...found].map((value) => Math.round(value * 1000) / 1000);
}

describe('probabilities of classes from the tokens of one answer', () => {
  it('belong to the classes that begin like the answer and like its alternatives', () => {
    const tokens = [token([' set', 0.7], [' vers', 0.2], [' vir', 0.1]), token(['osa', 1])];
    expect(rounded(tokens)).toEqual([0.7, 0.2, 0.1]);
  });

  it('are told apart where the classes part, not before', () => {
    const tokens = [token([' v', 0.8], [' set', 0.2]), token(['irginica', 0.75], ['ersicolor', 0.25])];
    expect(rounded(tokens)).toEqual([0.2, 0.2, 0.6]);
  });

  it('are shared where an alternative fits several classes, and where nothing is told', () => {
    expect(rounded([token([' set', 0.6], [' v', 0.4]), token(['osa', 1])])).toEqual([0.6, 0.2, 0.2]);
    expect(rounded([token([' set', 0.6]), token(['osa', 1])])).toEqual([0.6, 0.2, 0.2]);
  });

  it('do not care about what is no class, as long as something is', () => {
    expect(rounded([token([' set', 0.45], [' vers', 0.45], ['I am', 0.1])])).toEqual([0.5, 0.5, 0]);
    expect(rounded([token(['I', 0.995], [' set', 0.005]), token([' am', 1])])).toBeUndefined();
    expect(rounded([])).toBeUndefined();
  });

  it('know a class that is the beginning of another, with and without its end mark', () => {
    const classes = [' Iris@@@', ' Iris-x@@@'];
    expect(rounded([token([' Iris', 1]), token(['@@@', 0.9], ['-x', 0.1])], classes)).toEqual([0.9, 0.1]);
    expect(rounded([token([' Iris', 1])], classes)![0]).toBe(1);
    expect(rounded([token([' Iris', 1]), token(['-x', 0.9])], classes)).toEqual([0.1, 0.9]);
  });

  it('are numbers above 0 that sum to 1', () => {
    const found = classProbabilities([token([' setosa', 1])], completions)!;
    expect([...found].every((value) => value > 0)).toBe(true);
    expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });
});
