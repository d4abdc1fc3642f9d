import { Generator } from '../../inference/generator';
import { predictAsPaper } from '../../inference/paper-mode';
import type { PaperAnswer } from '../../inference/paper-mode';
import type { ModelFolder } from '../../model/model-folder';
import type { RawAnswer } from './answers';
import type { Answerer, AskingOptions } from './answerer';
import type { RunContext } from '../events';
import { encodePrompts } from '../task/encode-prompts';

/** An answer may be somewhat longer than all that were seen in training before it is cut. */
export const SPARE_TOKENS = 8;

/** Generates text and reads it, with the retries and fallbacks of the paper, each of which is counted. */
export async function openPaperAnswerer(
  model: ModelFolder,
  { recipe, writer, source, limits, target, trained }: AskingOptions,
  { threads }: RunContext,
): Promise<Answerer> {
  const generator = await Generator.open(model, { trained, threads });
  return {
    answer: async (rows, { signal }, report) => {
      const prompts = await encodePrompts(rows, source, limits, signal);
      const { answers } = await predictAsPaper(generator, limits.tokenizer, prompts, {
        parse: (text) => writer.parseAnswer(text),
        answerEnd: recipe.template.answerEnd,
        maxTokens: limits.answerTokens + SPARE_TOKENS,
        trainingMean: recipe.task === 'regression' ? target.mean : undefined,
        seed: recipe.training.seed,
        signal,
        onProgress: (done) => {
          report(done / rows.length);
        },
      });
      return answers.map(rawAnswer);
    },
    close: () => generator.close(),
  };
}

export function rawAnswer({ answer, retries, fallback }: PaperAnswer): RawAnswer {
  switch (answer.kind) {
    case 'label':
      return { kind: 'text', answer: answer.label, fallback: '' };
    case 'number': {
      const reason = fallback ? 'training mean' : retries > 0 ? 'asked again' : '';
      return { kind: 'text', answer: String(answer.value), fallback: reason };
    }
    case 'unreadable':
      return { kind: 'text', answer: null, fallback: 'unreadable answer' };
  }
}
