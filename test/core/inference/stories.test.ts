import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { CompletionEncoder } from '../../../src/core/inference/completion-encoder';
import { generateTexts } from '../../../src/core/inference/generate-text';
import { Generator } from '../../../src/core/inference/generator';
import { scoreCompletions } from '../../../src/core/inference/score-completions';
import { Scorer } from '../../../src/core/inference/scorer';
import { loadTokenizer } from '../../../src/core/model/tokenizer/load-tokenizer';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { adaptationOf } from '../../../src/core/training/adapted-layers';
import { trainAdapter } from '../../../src/core/training/train-adapter';
import { settingsOf } from '../training/settings-of';

const folder = join(process.env.LIFT_SHARED ?? join('..', 'shared'), 'models', 'stories260K');
const absent = !existsSync(folder);
const title = (text: string): string => (absent ? `${text} (skipped: there is no ${folder})` : text);

/** Rows of a table in words, and what the model is to say of them, in the words of stories. */
const rows = [
  ['The petal is long. What is the flower?', ' A rose.'],
  ['The petal is short. What is the flower?', ' A daisy.'],
  ['The petal is round. What is the flower?', ' A tulip.'],
] as const;

describe('stories260K', () => {
  it.skipIf(absent).each(['lora', 'full'] as const)(
    title('learns rows by heart (%s), then writes their answers and finds them most probable'),
    async (method) => {
      const model = await openModelFolder(folder);
      const tokenizer = await loadTokenizer(model);
      const train = rows.map(([question, answer]) => {
        const [asked, said] = tokenizer.encodeSegments([question, answer]);
        const tokens = Int32Array.of(...asked!, ...said!);
        return { tokens, lossPositions: Int32Array.from(said!, (_, index) => asked!.length + index) };
      });
      const settings = settingsOf({
        method,
        learningRate: method === 'lora' ? 0.006 : 0.003,
        epochs: 50,
        batchTokens: 4096,
      });
      const { parameters, history } = await trainAdapter({ model, train, validation: train, settings, threads: 1 });
      expect(history.at(-1)!.validationLoss).toBeLessThan(0.02);

      const { lora, full } = adaptationOf(settings, model.config);
      const trained = { parameters, adaptation: { ...(lora && { lora }), ...(full && { full }) } };
      const generator = await Generator.open(model, { trained, threads: 1 });
      const prompts = rows.map(([question]) => ({ prompt: tokenizer.encode(question), random: new Random(0) }));
      const options = { temperature: 0, maxTokens: 12, stop: ['.'] };
      const texts = await generateTexts(generator, tokenizer, prompts, options);
      expect(texts.map((text) => text.trim())).toEqual(['A rose', 'A daisy', 'A tulip']);
      await generator.close();

      const scorer = await Scorer.open(model, { head: 'full', trained, threads: 1 });
      const encoder = new CompletionEncoder(
        tokenizer,
        rows.map(([, answer]) => answer),
      );
      const { probabilities } = await scoreCompletions(
        scorer,
        rows.map(([question]) => encoder.row(question)),
      );
      for (const [row, ofRow] of probabilities.entries()) expect(ofRow[row]).toBeGreaterThan(0.95);
      await scorer.close();
    },
  );
});
