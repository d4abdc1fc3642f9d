import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/core/foundation/random';
import { centralInterval } from '../../../../src/core/evaluation/conformal-intervals';
import { numbersOf } from '../../../../src/core/run/answer/near-numbers';

/** Rows 0, 1, 2, … along a line: the nearest are those with the closest number. */
function along(answers: readonly number[]): (row: number, near: number) => { lower: number; upper: number } {
  const nearestTo = (row: number, count: number): number[] =>
    answers
      .map((_, other) => other)
      .filter((other) => other !== row)
      .sort((left, right) => Math.abs(left - row) - Math.abs(right - row))
      .slice(0, count);
  const asked = numbersOf(answers.map(String), nearestTo);
  return (row, near) => {
    const answer = asked(nearestTo(row, near).map((other) => ({ row: other, distance: Math.abs(other - row) })));
    if (answer.kind !== 'numbers') throw new Error('expected numbers');
    return centralInterval(answer.distribution.values, answer.distribution.probabilities, 0.9);
  };
}

describe('numbers of near rows', () => {
  it('spread little where the answers rise steeply without noise', () => {
    const { lower, upper } = along(Array.from({ length: 400 }, (_, row) => 10 * row))(200, 40);
    expect(lower).toBeCloseTo(2000, 6);
    expect(upper).toBeCloseTo(2000, 6);
  });

  it('spread as the noise around a row does', () => {
    const random = Random.derive(0, 'noise that grows');
    const intervalAt = along(Array.from({ length: 1000 }, (_, row) => 10 * row + 0.1 * row * random.normal()));
    const width = (row: number): number => intervalAt(row, 64).upper - intervalAt(row, 64).lower;
    expect(width(500) / width(100)).toBeGreaterThan(2.5);
    expect(width(900) / width(500)).toBeGreaterThan(1.2);
  });

  it('do not follow outliers', () => {
    const answers = Array.from({ length: 100 }, (_, row) => (row % 5 === 0 ? 1e6 : row));
    const { lower } = along(answers)(52, 20);
    expect(lower).toBeLessThan(60);
    expect(lower).toBeGreaterThan(40);
  });

  it('are those of fewer rows where there are few', () => {
    const { lower, upper } = along([0, 10, 20, 30, 40, 50, 60, 70, 80])(1, 8);
    expect((lower + upper) / 2).toBeLessThan(30);
  });

  it('are the answer of the only row when there is one', () => {
    const asked = numbersOf(['7'], () => []);
    expect(asked([{ row: 0, distance: 0 }])).toEqual({
      kind: 'numbers',
      distribution: { values: [7], probabilities: [1] },
    });
  });
});
