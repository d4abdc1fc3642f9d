import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binRows } from '../../../../src/core/evaluation/baselines/binned-rows';
import { codeColumns } from '../../../../src/core/trees/coded-columns';
import { addTreeValues } from '../../../../src/core/trees/flat-tree';
import { GradientTreeGrower } from '../../../../src/core/evaluation/baselines/gradient-tree';
import { Histogram } from '../../../../src/core/evaluation/baselines/histogram';
import { Pace } from '../../../../src/core/foundation/pace';
import { matrix } from './model-fixture';

const pace = new Pace();
const cells = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: -9, max: 9 }));
const tables = fc.array(cells, { minLength: 4, maxLength: 60 });

describe('histogram', () => {
  it('finds the cut with the highest gain of all', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 4 }), async (table, minLeaf) => {
        const binned = binRows(await codeColumns(matrix(table.map((row) => row.slice(0, 2))), 255, pace), table.length);
        const histogram = new Histogram(binned);
        const rows = Int32Array.from(table, (_, row) => row);
        const gradients = Float64Array.from(table, (row) => row[2]);
        histogram.count(rows, 0, rows.length, gradients, new Float64Array(rows.length).fill(1));
        const quality = (values: readonly number[]): number =>
          values.reduce((sum, value) => sum + value, 0) ** 2 / (values.length + 2);
        let best = 1e-12;
        for (const feature of [0, 1] as const) {
          for (let threshold = 0; threshold < 6; threshold++) {
            const left = table.filter((row) => row[feature] <= threshold).map((row) => row[2]);
            const right = table.filter((row) => row[feature] > threshold).map((row) => row[2]);
            if (left.length < minLeaf || right.length < minLeaf) continue;
            best = Math.max(best, quality(left) + quality(right) - quality([...left, ...right]));
          }
        }
        expect(histogram.bestCut({ minLeaf, lambda: 2 })?.gain ?? 1e-12).toBeCloseTo(best, 9);
      }),
    );
  });
});

describe('gradient tree', () => {
  it('adds to the scores what it would predict, with leaves of the asked number and size', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 2, max: 9 }), async (table, leaves) => {
        const features = matrix(table.map((row) => row.slice(0, 2)));
        const binned = binRows(await codeColumns(features, 255, pace), table.length);
        const grower = new GradientTreeGrower(binned, table.length, { leaves, minLeaf: 2, lambda: 0.5 });
        const derivatives = {
          gradients: Float64Array.from(table, (row) => row[2]),
          hessians: new Float64Array(table.length).fill(1),
        };
        const scores = new Float64Array(table.length);
        const tree = await grower.grow(derivatives, 0.3, { data: scores, stride: 1, offset: 0 }, pace);
        if (!tree) {
          expect([...scores]).toEqual(new Array<number>(table.length).fill(0));
          return;
        }
        expect(tree.values.length).toBeLessThanOrEqual(leaves);
        const predicted = new Float64Array(table.length);
        addTreeValues(tree, features, predicted);
        predicted.forEach((value, row) => {
          expect(value).toBeCloseTo(scores[row]!, 12);
          expect(predicted.filter((other) => other === value).length).toBeGreaterThanOrEqual(2);
        });
      }),
    );
  });
});
