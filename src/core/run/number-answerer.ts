import { NumberDecoder } from '../inference/number-decoder';
import { NumberGrammar } from '../inference/number-grammar';
import { Scorer } from '../inference/scorer';
import type { ModelFolder } from '../model/model-folder';
import type { RawAnswer } from './answers';
import type { Answerer, AskingOptions } from './answerer';
import { breather } from './breathe';
import type { RunContext } from './events';
import { promptTokens } from './token-examples';

/** Decodes numbers that are written in any other way than scaled, under the grammar of the training answers. */
export async function openNumberAnswerer(
  model: ModelFolder,
  { writer, source, limits, target, trained }: AskingOptions,
  { threads }: RunContext,
): Promise<Answerer> {
  const scorer = await Scorer.open(model, { head: 'restricted', trained, threads });
  const { before, after, end } = writer.frame;
  // Without any mark an answer ends with its line.
  const grammar = new NumberGrammar(target.form, before, after + end || '\n');
  const decoder = new NumberDecoder(scorer, limits.tokenizer, grammar);
  const mean = { values: [target.mean], probabilities: [1] };
  return {
    answer: async (rows, { signal }, report) => {
      const breathe = breather(signal);
      const prompts: number[][] = [];
      for (const row of rows) {
        await breathe();
        prompts.push(promptTokens(source.encode(row, limits)));
      }
      const onProgress = (done: number): void => {
        report(done / rows.length);
      };
      const decoded = await decoder.decode(prompts, { signal, onProgress });
      return decoded.map((numbers): RawAnswer =>
        numbers.coverage > 0
          ? { kind: 'numbers', distribution: numbers, fallback: '' }
          : { kind: 'numbers', distribution: mean, fallback: 'training mean' },
      );
    },
    close: () => scorer.close(),
  };
}
