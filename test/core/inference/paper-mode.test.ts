import { beforeAll, describe, expect, it } from 'vitest';
import { Generator } from '../../../src/core/inference/generator';
import { predictAsPaper } from '../../../src/core/inference/paper-mode';
import { loadTokenizer } from '../../../src/core/model/tokenizer/load-tokenizer';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import type { Tokenizer } from '../../../src/core/model/tokenizer/tokenizer';
import type { Answer } from '../../../src/core/prompt/answer-parser';
import type { Parameters } from '../../../src/core/training/initial-parameters';
import { trainAdapter } from '../../../src/core/training/train-adapter';
import { writeTinyModelFolder } from '../../helpers/tiny-model-folder';
import { temporaryFolders } from '../model/temporary-folder';
import { settingsOf } from '../training/settings-of';

const newFolder = temporaryFolders();
let tokenizer: Tokenizer;
let generator: Generator;

/** A model that has learnt to answer "a" with a number, "b" with a word and "c" with nothing readable. */
beforeAll(async () => {
  const model = await openModelFolder(await writeTinyModelFolder(await newFolder()));
  tokenizer = await loadTokenizer(model);
  const train = ['a### 12@@@', 'b### yes@@@', 'c### ?!?!@@@'].map((text) => {
    const tokens = Int32Array.from(tokenizer.encode(text));
    return { tokens, lossPositions: Int32Array.from(tokens.keys()).slice(4) };
  });
  const settings = settingsOf({ method: 'full', learningRate: 0.02, epochs: 150, batchTokens: 100 });
  const { parameters } = await trainAdapter({ model, train, validation: train, settings, threads: 1 });
  generator = await Generator.open(model, {
    trained: { parameters: parameters satisfies Parameters, adaptation: { full: true } },
    threads: 1,
  });
  return () => generator.close();
});

const options = { answerEnd: '@@@', maxTokens: 12, seed: 1 };

describe('predictAsPaper', () => {
  it('takes the text before the first end mark, and counts an unreadable class as it is', async () => {
    const parse = (text: string): Answer =>
      text === ' yes' ? { kind: 'label', label: 'yes' } : { kind: 'unreadable', text };
    const prompts = ['b###', 'c###', 'a###'].map((text) => tokenizer.encode(text));
    const { answers, counts } = await predictAsPaper(generator, tokenizer, prompts, {
      ...options,
      parse,
      trainingMean: undefined,
    });
    expect(answers.map(({ text }) => text)).toEqual([' yes', ' ?!?!', ' 12']);
    expect(answers[0]!.answer).toEqual({ kind: 'label', label: 'yes' });
    expect(counts).toEqual({ retried: 0, trainingMean: 0, unreadable: 2 });
  });

  it('asks again for a number it cannot read, five times, before it takes the training mean', async () => {
    const read: string[] = [];
    const parse = (text: string): Answer => {
      read.push(text);
      return text === ' 12' ? { kind: 'number', value: 12 } : { kind: 'unreadable', text };
    };
    const prompts = ['c###', 'a###'].map((text) => tokenizer.encode(text));
    const { answers, counts } = await predictAsPaper(generator, tokenizer, prompts, {
      ...options,
      parse,
      trainingMean: 7.5,
    });
    expect(answers[0]).toMatchObject({ answer: { kind: 'number', value: 7.5 }, retries: 5, fallback: true });
    expect(answers[1]).toMatchObject({ answer: { kind: 'number', value: 12 }, retries: 0, fallback: false });
    expect(counts).toEqual({ retried: 1, trainingMean: 1, unreadable: 0 });
    expect(read).toHaveLength(7);
  });

  it('takes the first answer that can be read', async () => {
    let asked = 0;
    const parse = (text: string): Answer =>
      ++asked === 3 ? { kind: 'number', value: 1 } : { kind: 'unreadable', text };
    const prompts = [tokenizer.encode('c###')];
    const { answers, counts } = await predictAsPaper(generator, tokenizer, prompts, {
      ...options,
      parse,
      trainingMean: 7.5,
    });
    expect(answers[0]).toMatchObject({ answer: { kind: 'number', value: 1 }, retries: 2, fallback: false });
    expect(counts).toEqual({ retried: 1, trainingMean: 0, unreadable: 0 });
  });
});
