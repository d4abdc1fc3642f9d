import { beforeAll, describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { Random } from '../../../src/core/foundation/random';
import { CompletionTree } from '../../../src/core/inference/completion-tree';
import { scoreCompletions } from '../../../src/core/inference/score-completions';
import { Scorer } from '../../../src/core/inference/scorer';
import type { ModelFolder } from '../../../src/core/model/model-folder';
import { temporaryFolders } from '../model/temporary-folder';
import { tinyLanguageModel } from '../training/tiny-language-model';

const newFolder = temporaryFolders();
let model: ModelFolder;
let full: Scorer;
let restricted: Scorer;

beforeAll(async () => {
  model = await tinyLanguageModel(await newFolder());
  full = await Scorer.open(model, { head: 'full', threads: 1 });
  restricted = await Scorer.open(model, { head: 'restricted', threads: 1 });
  return async () => {
    await full.close();
    await restricted.close();
  };
});

function randomPrompt(random: Random, length: number): number[] {
  return Array.from({ length }, () => 20 + random.below(200));
}

/** log p of each completion, from a text of its own, its last token included. */
async function plainScores(prompt: readonly number[], completions: readonly number[][]): Promise<number[]> {
  const texts = completions.map((completion) => ({
    tokens: Int32Array.of(...prompt, ...completion),
    places: Int32Array.from(completion, (_, index) => prompt.length - 1 + index),
    targets: Int32Array.from(completion),
  }));
  const answers = await full.logProbabilities(texts);
  return answers.map((answer) => answer.reduce((sum, value) => sum + value, 0));
}

const classes = [
  [5, 9],
  [5, 6, 9],
  [5, 6, 7, 9],
  [8, 9],
  [8, 5, 9],
];

describe('scoreCompletions with a full head', () => {
  it('gives every completion what it has in a text of its own', async () => {
    const random = new Random(1);
    const prompts = [3, 17, 8, 30, 1].map((length) => randomPrompt(random, length));
    const tree = new CompletionTree(classes);
    const scores = await scoreCompletions(
      full,
      prompts.map((prompt) => ({ prompt, tree })),
    );
    for (const [row, prompt] of prompts.entries()) {
      const plain = await plainScores(prompt, classes);
      for (const [index, value] of plain.entries()) expect(scores.logProbabilities[row]![index]).toBeCloseTo(value, 3);
      expect(scores.probabilities[row]!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
      const ratio = Math.exp(plain[0]! - plain[3]!);
      expect(scores.probabilities[row]![0]! / scores.probabilities[row]![3]!).toBeCloseTo(ratio, 2);
    }
  });

  it('gives the same to rows that share the beginning of their prompts', async () => {
    const random = new Random(2);
    const context = randomPrompt(random, 20);
    const prompts = [5, 7, 1, 0, 4].map((length) => [...context, ...randomPrompt(random, length)]);
    const tree = new CompletionTree(classes);
    const scores = await scoreCompletions(
      full,
      prompts.map((prompt) => ({ prompt, tree })),
    );
    for (const [row, prompt] of prompts.entries()) {
      const plain = await plainScores(prompt, classes);
      for (const [index, value] of plain.entries()) expect(scores.logProbabilities[row]![index]).toBeCloseTo(value, 3);
    }
  });

  it('names the row whose prompt does not fit', async () => {
    const tree = new CompletionTree(classes);
    const rows = [10, 62].map((length) => ({ prompt: new Int32Array(length), tree }));
    const error = await scoreCompletions(full, rows).catch((thrown: unknown) => thrown);
    expect(LiftError.is(error, 'prompt-too-long') && error.message).toContain('row 2 needs 65 tokens');
  });

  it('gives the same to many rows, and reports all of them in the end', async () => {
    const random = new Random(5);
    const prompt = randomPrompt(random, 4);
    const tree = new CompletionTree(classes);
    const reports: number[] = [];
    const rows = Array.from({ length: 1500 }, (_, row) => ({
      prompt: row === 1400 ? prompt : [20 + (row % 200), 7],
      tree,
    }));
    const { probabilities } = await scoreCompletions(full, rows, { onProgress: (done) => reports.push(done) });
    const plain = await plainScores(prompt, classes);
    const sum = plain.reduce((total, value) => total + Math.exp(value), 0);
    expect(probabilities[1400]![1]).toBeCloseTo(Math.exp(plain[1]!) / sum, 4);
    expect(probabilities).toHaveLength(1500);
    expect(reports.at(-1)).toBe(1500);
    expect(reports).toEqual([...reports].sort((a, b) => a - b));
  });

  it('says which row a model with damaged weights gives no probabilities for', async () => {
    const broken = await tinyLanguageModel(await newFolder(), NaN);
    const scorer = await Scorer.open(broken, { head: 'full', threads: 1 });
    const scored = scoreCompletions(scorer, [{ prompt: [1], tree: new CompletionTree(classes) }]);
    await expect(scored).rejects.toMatchObject({ code: 'model-invalid' });
    await scorer.close();
  });

  it('can be cancelled', async () => {
    const tree = new CompletionTree(classes);
    const signal = AbortSignal.abort();
    const scored = scoreCompletions(full, [{ prompt: [1], tree }], { signal });
    await expect(scored).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('scoreCompletions with a restricted head', () => {
  it('is the distribution of decoding step by step among the tokens that can follow', async () => {
    const prompt = randomPrompt(new Random(3), 12);
    const tree = new CompletionTree(classes);
    const { probabilities } = await scoreCompletions(restricted, [{ prompt, tree }]);
    const step = async (path: number[], choices: number[]): Promise<number[]> => {
      const scores = await plainScores(
        [...prompt, ...path],
        choices.map((token) => [token]),
      );
      const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
      return scores.map((score) => Math.exp(score) / sum);
    };
    const [five, eight] = (await step([], [5, 8])) as [number, number];
    const [fiveNine, fiveSix] = (await step([5], [9, 6])) as [number, number];
    const [sixNine, sixSeven] = (await step([5, 6], [9, 7])) as [number, number];
    const [eightNine, eightFive] = (await step([8], [9, 5])) as [number, number];
    const expected = [
      five * fiveNine,
      five * fiveSix * sixNine,
      five * fiveSix * sixSeven,
      eight * eightNine,
      eight * eightFive,
    ];
    for (const [index, value] of expected.entries()) expect(probabilities[0]![index]).toBeCloseTo(value, 4);
  });

  it('gives the distribution over all three-digit numbers in one pass, as scoring each string does', async () => {
    const digit = (value: number): number => 30 + value;
    const numbers = Array.from({ length: 1000 }, (_, n) =>
      [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10].map(digit),
    );
    const tree = new CompletionTree(numbers);
    expect(tree.tokens).toHaveLength(110);
    const prompt = randomPrompt(new Random(4), 15);
    const { probabilities } = await scoreCompletions(restricted, [{ prompt, tree }]);

    // The same by brute force: a text for each of the thousand strings, and a softmax over the ten digits at each place.
    const digits = Int32Array.from({ length: 10 }, (_, value) => digit(value));
    const places = Int32Array.of(prompt.length - 1, prompt.length, prompt.length + 1);
    const texts = numbers.map((tokens) => ({ tokens: Int32Array.of(...prompt, ...tokens), places }));
    const answers = await restricted.distributions(texts, digits);
    let sum = 0;
    for (const [n, answer] of answers.entries()) {
      const logProbability = numbers[n]!.reduce((total, token, place) => total + answer[place * 10 + token - 30]!, 0);
      expect(Math.log(probabilities[0]![n]!)).toBeCloseTo(logProbability, 3);
      sum += probabilities[0]![n]!;
    }
    expect(sum).toBeCloseTo(1, 9);
  });
});
