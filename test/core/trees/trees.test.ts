import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cartCodes, growCart } from '../../../src/core/trees/cart';
import { CodeSorter } from '../../../src/core/trees/code-sorter';
import { codeColumns } from '../../../src/core/trees/coded-columns';
import { addTreeValues, type FlatTree } from '../../../src/core/trees/flat-tree';
import { Pace } from '../../../src/core/foundation/pace';
import { ClassImpurity, TargetVariance } from '../../../src/core/trees/split-criteria';
import { readFixture } from '../evaluation/fixture';
import { matrix } from '../evaluation/baselines/model-fixture';

/** [feature, threshold, left, right], or a leaf's values. */
type Node = [number, number, Node, Node] | number[];

const { rows, labels, targets, trees } = readFixture('trees') as {
  rows: number[][];
  labels: number[];
  targets: number[];
  trees: { criterion: 'gini' | 'entropy' | 'variance'; depth: number; leafRows: number; tree: Node }[];
};
const pace = new Pace();
const allRows = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

function preorder(tree: FlatTree, node = 0): Node {
  const { feature, threshold, left, right, values, outputs } = tree;
  if (feature[node]! < 0) return [...values.subarray(left[node]! * outputs, (left[node]! + 1) * outputs)];
  return [feature[node]!, threshold[node]!, preorder(tree, left[node]), preorder(tree, right[node])];
}

function expectSame(actual: Node, expected: Node): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, index) => {
    const other = expected[index]!;
    if (typeof value === 'number' || typeof other === 'number') expect(value).toBeCloseTo(other as number, 6);
    else expectSame(value, other);
  });
}

describe('decision trees', () => {
  it.each(trees)(
    'are split by split those of scikit-learn ($criterion)',
    async ({ criterion, depth, leafRows, tree }) => {
      const judge =
        criterion === 'variance'
          ? new TargetVariance(Float64Array.from(targets))
          : new ClassImpurity(Int32Array.from(labels), 3, criterion);
      const columns = await codeColumns(matrix(rows), cartCodes, pace);
      const options = { maxDepth: depth, minLeaf: leafRows };
      const grown = await growCart(columns, judge, allRows(rows.length), options, pace);
      expectSame(preorder(grown), tree);
    },
  );

  it('learn any labelling of distinct rows by heart', async () => {
    const columns = await codeColumns(matrix(rows), cartCodes, pace);
    const judge = new TargetVariance(Float64Array.from(targets));
    const tree = await growCart(columns, judge, allRows(rows.length), { maxDepth: Infinity, minLeaf: 1 }, pace);
    const outputs = new Float64Array(rows.length);
    addTreeValues(tree, matrix(rows), outputs);
    expect([...outputs]).toEqual(targets);
  });

  it('are a single leaf of the class shares when there is nothing to split on', async () => {
    const columns = await codeColumns(matrix([[7], [7], [7], [7]]), cartCodes, pace);
    const judge = new ClassImpurity(Int32Array.of(0, 1, 1, 1), 2, 'gini');
    const tree = await growCart(columns, judge, allRows(4), { maxDepth: 5, minLeaf: 1 }, pace);
    expect(preorder(tree)).toEqual([0.25, 0.75]);
  });

  it('split between neighbouring doubles without losing a side', async () => {
    const next = 1 + Number.EPSILON;
    const columns = await codeColumns(matrix([[1], [next]]), cartCodes, pace);
    const tree = await growCart(
      columns,
      new TargetVariance(Float64Array.of(5, 9)),
      allRows(2),
      { maxDepth: 3, minLeaf: 1 },
      pace,
    );
    const outputs = new Float64Array(2);
    addTreeValues(tree, matrix([[1], [next]]), outputs);
    expect([...outputs]).toEqual([5, 9]);
  });
});

describe('column codes', () => {
  const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 });

  it('keep the order of the values, within the number of codes asked for', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 2, max: 120 }), async (values, maxCodes) => {
        const [column] = await codeColumns(matrix(values.map((value) => [value])), maxCodes, pace);
        const { codes, lowest, highest } = column!;
        expect(highest.length).toBeLessThanOrEqual(maxCodes);
        if (new Set(values).size <= maxCodes) expect([...lowest]).toEqual([...highest]);
        values.forEach((value, row) => {
          expect(lowest[codes[row]!]).toBeLessThanOrEqual(value);
          expect(highest[codes[row]!]).toBeGreaterThanOrEqual(value);
        });
        for (let code = 1; code < lowest.length; code++) expect(lowest[code]).toBeGreaterThan(highest[code - 1]!);
      }),
    );
  });

  it('sort the rows of a node alike by counting and by keys, stably', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.nat(300), async (values, length) => {
        const columns = await codeColumns(matrix(values.map((value) => [value])), cartCodes, pace);
        const { codes } = columns[0]!;
        const end = Math.min(length, values.length);
        const sorter = new CodeSorter(values.length, columns);
        sorter.sort(columns[0]!, allRows(values.length), 0, end);
        const expected = [...allRows(end)].sort((a, b) => codes[a]! - codes[b]! || a - b);
        expect([...sorter.rows.subarray(0, end)]).toEqual(expected);
        expect([...sorter.codes.subarray(0, end)]).toEqual(expected.map((row) => codes[row]));
      }),
    );
  });
});
