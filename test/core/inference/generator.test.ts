import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { Generator } from '../../../src/core/inference/generator';
import { argmax } from '../../../src/core/inference/sampling';
import { Scorer } from '../../../src/core/inference/scorer';
import type { ModelFolder } from '../../../src/core/model/model-folder';
import { temporaryFolders } from '../model/temporary-folder';
import { tinyLanguageModel } from '../training/tiny-language-model';

const newFolder = temporaryFolders();
let model: ModelFolder;
let generator: Generator;

beforeAll(async () => {
  model = await tinyLanguageModel(await newFolder());
  generator = await Generator.open(model, { threads: 1 });
  return () => generator.close();
});

const lengths = [3, 9, 1, 6];
const prompts = lengths.map((length, row) => Array.from({ length }, (_, index) => 20 + ((row * 31 + index * 7) % 200)));
const never = (): boolean => false;

function rowsOf(seed: number): { prompt: number[]; random: Random }[] {
  return prompts.map((prompt, row) => ({ prompt, random: Random.derive(seed, String(row)) }));
}

describe('Generator', () => {
  it('writes greedily what scoring each step anew finds most probable, rows of unequal length together', async () => {
    const written = await generator.generate(rowsOf(0), { temperature: 0, maxTokens: 5, stop: never });
    const scorer = await Scorer.open(model, { head: 'restricted', threads: 1 });
    const all = Int32Array.from({ length: model.config.vocabSize }, (_, token) => token);
    for (const [row, prompt] of prompts.entries()) {
      for (const [index, token] of written[row]!.entries()) {
        const tokens = Int32Array.of(...prompt, ...written[row]!.slice(0, index));
        const [answer] = await scorer.distributions([{ tokens, places: Int32Array.of(tokens.length - 1) }], all);
        expect(token).toBe(argmax(answer!));
      }
    }
    await scorer.close();
  });

  it('draws the same for the same seed, alone or among others', async () => {
    const options = { temperature: 1.5, maxTokens: 6, stop: never };
    const together = await generator.generate(rowsOf(5), options);
    expect(await generator.generate(rowsOf(5), options)).toEqual(together);
    expect(await generator.generate(rowsOf(6), options)).not.toEqual(together);
    expect(await generator.generate(rowsOf(5).slice(1, 2), options)).toEqual([together[1]]);
  });

  it('ends each row where it is told to', async () => {
    const stop = (tokens: readonly number[], row: number): boolean => tokens.length === row + 1;
    const written = await generator.generate(rowsOf(1), { temperature: 1, maxTokens: 3, stop });
    for (const [row, tokens] of written.entries()) expect(tokens.length).toBeLessThanOrEqual(Math.min(row + 1, 3));
    expect(written[2]).toHaveLength(3);
  });

  it('ends at the end of the context and refuses a prompt that fills it', async () => {
    const { contextLength } = model.config;
    const row = { prompt: new Int32Array(contextLength - 2).fill(30), random: new Random(0) };
    const [written] = await generator.generate([row], { temperature: 0, maxTokens: 9, stop: never });
    expect(written!.length).toBeLessThanOrEqual(2);
    const full = { prompt: new Int32Array(contextLength), random: new Random(0) };
    await expect(generator.generate([row, full], { temperature: 0, maxTokens: 9, stop: never })).rejects.toThrow(
      'row 2 has 64 tokens',
    );
  });

  it('can be cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(
      generator.generate(rowsOf(0), { temperature: 0, maxTokens: 5, stop: never, signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
