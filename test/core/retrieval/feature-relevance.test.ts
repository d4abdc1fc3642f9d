import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { featureRelevance } from '../../../src/core/retrieval/feature-relevance';
import { makeTable } from '../table/make-table';

const count = 400;
const rows = Array.from({ length: count }, (_, row) => row);
const random = new Random(7);

describe('featureRelevance', () => {
  it('is 1 for a copy of the target, 0 for a constant, and small for noise, of few or many values', () => {
    const labels = rows.map(() => 'abc'[random.below(3)]!);
    const cells = labels.map((label, row) => [
      label,
      'same',
      String(random.next()),
      `name ${row}`,
      String(random.below(5)),
      label,
    ]);
    const table = makeTable(['copy', 'constant', 'noise', 'unique', 'few', 'y'], cells);
    const [copy, constant, noise, unique, few] = featureRelevance(table, rows, [0, 1, 2, 3, 4], {
      index: 5,
      task: 'classification',
    });
    expect(copy).toBeGreaterThan(0.98);
    expect(constant).toBe(0);
    for (const value of [noise!, few!]) expect(value).toBeLessThan(0.05);
    expect(unique).toBeLessThan(0.15);
  });

  it('sees a relation that is not linear, with a numeric target', () => {
    const cells = rows.map((row) => [String(row - count / 2), String(random.next()), String((row - count / 2) ** 2)]);
    const table = makeTable(['x', 'noise', 'y'], cells);
    const [x, noise] = featureRelevance(table, rows, [0, 1], { index: 2, task: 'regression' });
    expect(x).toBeGreaterThan(0.4);
    expect(noise).toBeLessThan(0.05);
  });

  it('looks at the given rows alone, and at those with a target', () => {
    const cells = rows.map((row) => [String(row % 2), row < 200 ? (row % 2 ? 'a' : 'b') : row < 300 ? 'a' : '']);
    const table = makeTable(['x', 'y'], cells);
    const relevance = (from: number, to: number): number =>
      featureRelevance(table, rows.slice(from, to), [0], { index: 1, task: 'classification' })[0]!;
    expect(relevance(0, 200)).toBeGreaterThan(0.98);
    expect(relevance(200, 300)).toBe(0);
    expect(relevance(0, 300)).toBeLessThan(0.6);
    expect(relevance(300, 400)).toBe(0);
  });
});
