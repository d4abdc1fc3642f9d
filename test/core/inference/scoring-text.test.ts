import { describe, expect, it } from 'vitest';
import { CompletionTree } from '../../../src/core/inference/completion-tree';
import { scoringTexts } from '../../../src/core/inference/scoring-text';
import { parseModelConfig } from '../../../src/core/model/config/read-model-config';
import { tinyLlama } from '../model/tiny-model';

const config = parseModelConfig(JSON.stringify(tinyLlama), 'config.json');
const tree = new CompletionTree([
  [5, 6],
  [7, 8],
]);

function prompt(shared: number, own: readonly number[]): number[] {
  return [...Array.from({ length: shared }, (_, index) => 100 + index), ...own];
}

describe('scoringTexts', () => {
  it('writes the common beginning of neighbours once, each row behind it with its own completions', () => {
    const rows = [prompt(8, [1, 2]), prompt(8, [3])].map((tokens) => ({ prompt: tokens, tree }));
    const [text, ...others] = scoringTexts(rows, config);
    expect(others).toEqual([]);
    expect([...text!.tokens]).toEqual([...prompt(8, []), 1, 2, 5, 7, 3, 5, 7]);
    expect([...text!.positionIds]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 8, 9, 9]);
    expect([...text!.visibleUntil]).toEqual([...new Array<number>(8).fill(15), 12, 12, 11, 12, 15, 14, 15]);
    expect(text!.promptEnds).toEqual([9, 12]);
    expect(text!.treeStarts).toEqual([10, 13]);
  });

  it('leaves rows without a common beginning apart', () => {
    const rows = [
      [1, 2, 3],
      [2, 2, 3],
    ].map((tokens) => ({ prompt: tokens, tree }));
    expect(scoringTexts(rows, config).map(({ rows: joined }) => joined)).toEqual([[rows[0]], [rows[1]]]);
  });

  it('stops joining where longer texts no longer make for less work a row', () => {
    const rows = Array.from({ length: 100 }, (_, row) => ({ prompt: prompt(20, [200 + row, 1, 2]), tree }));
    const sizes = scoringTexts(rows, config).map((text) => text.rows.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(100);
    expect(Math.max(...sizes)).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThan(50);
  });

  it('asks after the common beginning for a row that has nothing of its own', () => {
    const rows = [prompt(8, []), prompt(8, [])].map((tokens) => ({ prompt: tokens, tree }));
    const [text] = scoringTexts(rows, config);
    expect(text!.promptEnds).toEqual([7, 7]);
    expect([...text!.tokens]).toEqual([...prompt(8, []), 5, 7, 5, 7]);
  });

  it('refuses an empty prompt', () => {
    expect(() => scoringTexts([{ prompt: [], tree }], config)).toThrow('The prompt of row 1 is empty');
  });
});
