import { NumberDecoder } from '../../inference/number-decoder';
import { NumberGrammar } from '../../inference/number-grammar';
import type { NumberForm } from '../../inference/number-grammar';
import type { NumberDistribution } from '../../inference/number-statistics';
import { Scorer } from '../../inference/scorer';
import type { ModelFolder } from '../../model/model-folder';
import type { PromptWriter } from '../../prompt/prompt-writer';
import type { RawAnswer } from './answers';
import type { Answerer, AskingOptions } from './answerer';
import type { RunContext } from '../events';
import type { TargetFacts } from '../task/target-facts';
import { encodePrompts } from '../task/encode-prompts';

/** What an answer of numbers looks like: its form, and the texts before and after it. */
export function numberFrame(
  { frame: { before, after, end } }: PromptWriter,
  { form }: TargetFacts,
): { form: NumberForm; before: string; end: string } {
  // Without any mark an answer ends with its line.
  return { form, before, end: after + end || '\n' };
}

/** The training mean stands in where nothing could be decoded. */
export function numberAnswer(
  { coverage, ...distribution }: NumberDistribution & { readonly coverage: number },
  { mean }: TargetFacts,
): RawAnswer {
  return coverage > 0
    ? { kind: 'numbers', distribution, fallback: '' }
    : { kind: 'numbers', distribution: { values: [mean], probabilities: [1] }, fallback: 'training mean' };
}

/** Decodes numbers that are written in any other way than scaled, under the grammar of the training answers. */
export async function openNumberAnswerer(
  model: ModelFolder,
  { writer, source, limits, target, trained }: AskingOptions,
  { threads }: RunContext,
): Promise<Answerer> {
  const scorer = await Scorer.open(model, { head: 'restricted', trained, threads });
  const { form, before, end } = numberFrame(writer, target);
  const grammar = new NumberGrammar(form, before, end);
  const decoder = new NumberDecoder(scorer, limits.tokenizer, grammar);
  return {
    answer: async (rows, { signal }, report) => {
      const prompts = await encodePrompts(rows, source, limits, signal);
      const onProgress = (done: number): void => {
        report(done / rows.length);
      };
      const decoded = await decoder.decode(prompts, { signal, onProgress });
      return decoded.map((numbers) => numberAnswer(numbers, target));
    },
    close: () => scorer.close(),
  };
}
