import { describe, expect, it } from 'vitest';
import { input } from '../../../src/core/graph/nodes';
import { writeOnnxModel } from '../../../src/core/graph/onnx-model';
import { dropout } from '../../../src/core/graph/ops/dropout';
import { GraphSession } from '../../../src/core/graph/session';
import { numbers } from './numbers';

const [rows, columns, rate] = [64, 96, 0.3];

async function masks(seed: number): Promise<number[][]> {
  const x = input('x', 'float32', ['rows', columns]);
  const key = input('seed', 'int32', []);
  const y = { a: dropout(x, { seed: key, site: 0, rate }), b: dropout(x, { seed: key, site: 1, rate }) };
  const session = await GraphSession.open(writeOnnxModel(y), { threads: 1 });
  const { a, b } = await session.run({
    x: { data: new Float32Array(rows * columns).fill(1), dims: [rows, columns] },
    seed: { data: Int32Array.of(seed), dims: [] },
  });
  await session.close();
  return [a!, b!].map(numbers);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('dropout', () => {
  it('zeroes the asked part and scales the rest, so that the mean stays', async () => {
    const [mask] = await masks(5);
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
    expect(mean(mask!)).toBeCloseTo(1, 1);
  });

  it('drops rows and columns alike', async () => {
    const [mask] = await masks(6);
    const kept = Array.from({ length: columns }, (_, column) => mean(mask!.filter((_, at) => at % columns === column)));
    const keptRows = Array.from({ length: rows }, (_, row) => mean(mask!.slice(row * columns, (row + 1) * columns)));
    // Five standard deviations of a mean over independent values.
    const spread = Math.sqrt(rate / (1 - rate));
    for (const value of kept) expect(Math.abs(value - 1)).toBeLessThan((5 * spread) / Math.sqrt(rows));
    for (const value of keptRows) expect(Math.abs(value - 1)).toBeLessThan((5 * spread) / Math.sqrt(columns));
  });

  it('is independent between places of the graph and between seeds', async () => {
    const [a, b] = await masks(7);
    const [other] = await masks(8);
    for (const second of [b!, other!]) {
      const covariance = mean(a!.map((value, at) => (value - 1) * (second[at]! - 1)));
      expect(Math.abs(covariance)).toBeLessThan((5 * (rate / (1 - rate))) / Math.sqrt(a!.length));
    }
  });
});
