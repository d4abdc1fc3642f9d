import { describe, expect, it } from 'vitest';
import { galleryDefaults, galleryNames, galleryTable } from '../../../src/core/gallery/gallery';

function numbers(rows: readonly (readonly string[])[], column: number): number[] {
  return rows.map((row) => Number(row[column]));
}

/** The least share of points on the wrong side of a line, of lines in 36 directions. */
function leastErrorOfLines(points: readonly { x: number; y: number; isFirst: boolean }[]): number {
  const errors = Array.from({ length: 36 }, (_, step) => {
    const angle = (step / 36) * 2 * Math.PI;
    const sorted = points
      .map(({ x, y, isFirst }) => ({ along: x * Math.cos(angle) + y * Math.sin(angle), isFirst }))
      .sort((a, b) => a.along - b.along);
    // Below the line all are to be of the first class, above it of the second.
    let wrong = sorted.filter(({ isFirst }) => isFirst).length;
    return Math.min(...sorted.map(({ isFirst }) => (wrong += isFirst ? -1 : 1)));
  });
  return Math.min(...errors) / points.length;
}

describe('the gallery of synthetic tables', () => {
  it.each(galleryNames)('makes the same rows of %s from the same seed, and others from another', (name) => {
    const table = galleryTable(name, { rows: 60, seed: 1, noise: 0.1 });
    expect(table.rows).toHaveLength(60);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
    expect(galleryTable(name, { rows: 60, seed: 1, noise: 0.1 })).toEqual(table);
    expect(galleryTable(name, { rows: 60, seed: 2, noise: 0.1 })).not.toEqual(table);
  });

  it('puts points without noise on the rings', () => {
    const { rows } = galleryTable('circles', { rows: 100, seed: 3, noise: 0 });
    for (const [x, y, label] of rows) expect(Math.hypot(Number(x), Number(y))).toBeCloseTo(label === 'a' ? 1 : 0.8, 3);
  });

  it('makes classes equally frequent', () => {
    const { rows } = galleryTable('nine-clusters', { rows: 90, seed: 0, noise: 0 });
    const labels = rows.map((row) => row[2]!);
    expect(new Set(labels).size).toBe(9);
    for (const label of labels) expect(labels.filter((other) => other === label)).toHaveLength(10);
  });

  it.each([
    ['linear', (x: number) => 0.9 * x],
    ['l1', (x: number) => 1.8 * Math.abs(x) - 9],
  ])('writes the values of the %s function, the mean over dimensions', (name, value) => {
    const { columns, rows } = galleryTable(name, { rows: 50, seed: 5, noise: 0, dimensions: 2 });
    expect(columns).toEqual(['x1', 'x2', 'y']);
    for (const row of rows.map((cells) => cells.map(Number))) {
      expect(row[2]).toBeCloseTo((value(row[0]!) + value(row[1]!)) / 2, 2);
    }
  });

  it('adds noise as a share of the spread of the function', () => {
    const options = { rows: 4000, seed: 6 };
    const clean = numbers(galleryTable('cosine', { ...options, noise: 0 }).rows, 1);
    const noisy = numbers(galleryTable('cosine', { ...options, noise: 0.1 }).rows, 1);
    const spread = (values: number[]): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const added = noisy.map((value, index) => value - clean[index]!);
    expect(spread(added) / spread(clean)).toBeCloseTo(0.1, 2);
  });

  it('draws whole numbers, and between others', () => {
    const options = { rows: 300, seed: 2, noise: 0, range: [0, 300], integers: true } as const;
    const drawn = numbers(galleryTable('linear', options).rows, 0);
    expect(drawn.every((x) => Number.isInteger(x) && x >= 0 && x <= 300)).toBe(true);
    expect(Math.max(...drawn)).toBeGreaterThan(250);
    expect(Math.min(...drawn)).toBeLessThan(50);
  });

  it('has classes of a network that a straight line tells the less, the longer the network has learnt', () => {
    const wrong = ['network-10', 'network-80', 'network-490'].map((name) => {
      const { rows } = galleryTable(name, { rows: 1000, seed: 0, noise: 0 });
      return leastErrorOfLines(rows.map(([x, y, label]) => ({ x: Number(x), y: Number(y), isFirst: label === 'a' })));
    });
    expect(wrong[0]).toBeLessThan(0.05);
    expect(wrong[1]).toBeGreaterThan(wrong[0]! + 0.05);
    expect(wrong[2]).toBeGreaterThan(wrong[1]! + 0.02);
  });

  it('names the tables it has when asked for another', () => {
    expect(() => galleryTable('moon', { rows: 1, seed: 0, noise: 0 })).toThrow(/no synthetic table "moon"/u);
    expect(galleryDefaults('linear')).toEqual({ rows: 350, noise: 0.1 });
  });
});
