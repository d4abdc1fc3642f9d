import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompletionTree } from '../../../src/core/inference/completion-tree';

describe('CompletionTree', () => {
  it('lays out what others follow, and asks for last tokens without laying them out', () => {
    const tree = new CompletionTree([
      [1, 2, 9],
      [1, 3, 9],
      [4, 9],
    ]);
    expect([...tree.tokens]).toEqual([1, 2, 3, 4]);
    expect([...tree.depths]).toEqual([0, 1, 1, 0]);
    expect([...tree.visibleUntil]).toEqual([3, 2, 3, 4]);
    expect(tree.edgeTokens.length).toBe(7);
    const asked = [...tree.paths[1]!].map((edge) => [tree.edgeParents[edge], tree.edgeTokens[edge]]);
    expect(asked).toEqual([
      [-1, 1],
      [0, 3],
      [2, 9],
    ]);
  });

  it('lets every completion see exactly its own beginning', () => {
    const completion = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 }).map((tokens) => [...tokens, 9]);
    const completions = fc.uniqueArray(completion, { minLength: 1, maxLength: 20, selector: String });
    fc.assert(
      fc.property(completions, (lists) => {
        const tree = new CompletionTree(lists);
        for (const [number, path] of tree.paths.entries()) {
          expect([...path].map((edge) => tree.edgeTokens[edge])).toEqual(lists[number]);
          for (const [depth, edge] of path.entries()) {
            const parent = tree.edgeParents[edge]!;
            const seen = [...tree.tokens.keys()].filter(
              (token) => token <= parent && parent < tree.visibleUntil[token]!,
            );
            expect(seen.map((token) => tree.tokens[token])).toEqual(lists[number]!.slice(0, depth));
            expect(seen.map((token) => tree.depths[token])).toEqual([...seen.keys()]);
          }
        }
      }),
    );
  });

  it.each([[[[1], [1, 2]]], [[[1, 2], [1]]], [[[1], [1]]], [[[]]]])(
    'refuses %j, where one completion begins another',
    (completions) => {
      expect(() => new CompletionTree(completions)).toThrow('cannot be told apart');
    },
  );
});
