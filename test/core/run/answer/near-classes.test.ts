import { describe, expect, it } from 'vitest';
import { classesOf } from '../../../../src/core/run/answer/near-classes';

const classes = ['ash', 'oak'];

function probabilities(texts: readonly string[], distances: readonly number[]): readonly number[] {
  const answer = classesOf(texts, classes)(distances.map((distance, row) => ({ row, distance })));
  if (answer.kind !== 'classes') throw new Error('expected classes');
  return answer.probabilities;
}

describe('classes of near rows', () => {
  it('are counted where all rows are equally near, with one row more that is as all rows are', () => {
    // Four rows, three of them oak: with the prior (2/6, 4/6) they are 1.333 and 3.667 of 5.
    const [ash, oak] = probabilities(['oak', 'oak', 'ash', 'oak'], [0.5, 0.5, 0.5, 0.5]);
    expect(ash).toBeCloseTo((1 + 2 / 6) / 5, 12);
    expect(oak).toBeCloseTo((3 + 4 / 6) / 5, 12);
  });

  it('listen to the nearest rows most', () => {
    const texts = ['oak', 'ash', 'ash', 'ash', 'ash', 'ash'];
    const [, close] = probabilities(texts, [0.01, 0.3, 0.3, 0.3, 0.4, 0.4]);
    const [, even] = probabilities(texts, [0.3, 0.3, 0.3, 0.3, 0.4, 0.4]);
    expect(close).toBeGreaterThan(even! + 0.1);
  });

  it('listen only to rows that are the same where there are many', () => {
    const [ash] = probabilities(['ash', 'ash', 'ash', 'ash', 'oak', 'oak'], [0, 0, 0, 0, 0.1, 0.1]);
    // Four votes for ash and the prior (5/8, 3/8).
    expect(ash).toBeCloseTo((4 + 5 / 8) / 5, 12);
  });

  it('listen to the very nearest where there are few rows', () => {
    const far = Array<number>(9).fill(0.5);
    const [, oak] = probabilities(['oak', ...far.map(() => 'ash')], [0.1, ...far]);
    expect(oak).toBeGreaterThan(0.5);
  });

  it('know nothing but the training rows where nothing is near', () => {
    const answer = classesOf(['oak', 'oak', 'ash'], classes)([]);
    expect(answer).toEqual({ kind: 'classes', probabilities: [2 / 5, 3 / 5] });
  });
});
