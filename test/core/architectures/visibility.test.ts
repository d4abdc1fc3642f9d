import { describe, expect, it } from 'vitest';
import { difference, runGraph, textFeeds, tinyModel } from './text-feeds';

const prompt = [5, 9, 17, 33];
const endings = [[40, 41], [40, 50, 51], [60]];
const texts = endings.map((ending) => [...prompt, ...ending]);

/** Each ending after the prompt as a text of its own, asking for every token of the ending. */
const separate = textFeeds(
  texts.map((tokens) => ({ tokens })),
  endings.flatMap((ending, text) => ending.map((target, at) => ({ text, time: prompt.length - 1 + at, target }))),
);

/** The same texts one after the other in one row. */
const textStarts = texts.map((_, index) => texts.slice(0, index).flat().length);
const packed = textFeeds(
  [
    {
      tokens: texts.flat(),
      positions: texts.flatMap((text) => [...text.keys()]),
      visibleUntil: texts.flatMap((text, index) => text.map(() => textStarts[index]! + text.length)),
    },
  ],
  endings.flatMap((ending, index) =>
    ending.map((target, at) => ({ text: 0, time: textStarts[index]! + prompt.length - 1 + at, target })),
  ),
);

/** The prompt once, then the endings, each of which sees the prompt and itself. */
const endingStarts = endings.map((_, index) => prompt.length + endings.slice(0, index).flat().length);
const total = prompt.length + endings.flat().length;
const tree = textFeeds(
  [
    {
      tokens: [...prompt, ...endings.flat()],
      positions: [...prompt.keys(), ...endings.flatMap((ending) => ending.map((_, at) => prompt.length + at))],
      visibleUntil: [
        ...prompt.map(() => total),
        ...endings.flatMap((ending, index) => ending.map(() => endingStarts[index]! + ending.length)),
      ],
    },
  ],
  endings.flatMap((ending, index) =>
    ending.map((target, at) => {
      return { text: 0, time: at === 0 ? prompt.length - 1 : endingStarts[index]! + at - 1, target };
    }),
  ),
);

describe.each(['gpt2', 'gptj', 'gpt-neox', 'llama', 'qwen3'])('visible_until with %s', (name) => {
  it.each([
    ['endings that share their prompt', tree],
    ['texts packed into one row', packed],
  ])('scores %s as it scores separate texts', async (_, feeds) => {
    const model = await tinyModel(name);
    const one = await runGraph(model, { kind: 'score' }, feeds);
    const many = await runGraph(model, { kind: 'score' }, separate);
    expect(difference(one.log_probs!, many.log_probs!)).toBeLessThan(1e-4);
  });

  it('gives packed texts and trees the gradients of separate texts', async () => {
    const model = await tinyModel(name);
    const lora = { rank: 2, alpha: 4, dropout: 0, targetModules: 'all-linear', layers: [0, 1] };
    const many = await runGraph(model, { kind: 'train', lora }, separate);
    for (const feeds of [packed, tree]) {
      const one = await runGraph(model, { kind: 'train', lora }, feeds);
      for (const [output, value] of Object.entries(many)) {
        expect(difference(one[output]!, value), output).toBeLessThan(1e-4);
      }
    }
  });
});
