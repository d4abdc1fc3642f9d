import { CompletionEncoder } from '../../inference/completion-encoder';
import { averageProbabilities, columnOrders } from '../../inference/permutation-ensemble';
import { scoreCompletions } from '../../inference/score-completions';
import { Scorer } from '../../inference/scorer';
import type { ModelFolder } from '../../model/model-folder';
import type { PromptWriter } from '../../prompt/prompt-writer';
import type { Recipe } from '../../recipe/recipe';
import type { RawAnswer } from './answers';
import type { Answerer, AskingOptions } from './answerer';
import { breather } from '../progress/breathe';
import type { RunContext } from '../events';
import { promptText } from '../task/token-examples';

/** All answers that a model can choose from: the completions, and for numbers their values, ascending. */
export interface Choices {
  readonly completions: readonly string[];
  readonly values: readonly number[] | undefined;
}

const SCALED_ANSWERS = 1000;

/**
 * The classes, or the thousand integers of a scaled answer. These all have three digits, so none begins another and the
 * end mark tells nothing: it is left out.
 */
export function choicesOf(writer: PromptWriter): Choices {
  if (writer.task === 'classification') {
    return { completions: writer.classes.map((label) => writer.completionOf(label)), values: undefined };
  }
  const integers = Array.from({ length: SCALED_ANSWERS }, (_, index) => index);
  return {
    completions: integers.map((index) => writer.frame.before + String(index).padStart(3, '0')),
    values: integers.map((index) => writer.answerFormatter.invert(index)),
  };
}

/** A model that was trained to choose among the answers' tokens only is asked in the same way. */
export function headOf({ values }: Choices, { training }: Recipe): 'full' | 'restricted' {
  return values || training.softmax === 'answers' ? 'restricted' : 'full';
}

/** @param probabilities of each choice */
export function answerOf({ values }: Choices, probabilities: Float64Array): RawAnswer {
  return values
    ? { kind: 'numbers', distribution: { values, probabilities }, fallback: '' }
    : { kind: 'classes', scores: probabilities.map(Math.log), fallback: '' };
}

/** Scores every possible answer of every row, and averages over several column orders where the recipe asks for it. */
export async function openChoiceAnswerer(
  model: ModelFolder,
  { recipe, writer, source, limits, trained }: AskingOptions,
  { threads }: RunContext,
): Promise<Answerer> {
  const choices = choicesOf(writer);
  const encoder = new CompletionEncoder(limits.tokenizer, choices.completions);
  const orders = columnOrders(writer.featureCount, recipe.prediction.permutations, recipe.training.seed);
  const head = headOf(choices, recipe);
  const scorer = await Scorer.open(model, { head, trained, threads });

  return {
    answer: async (rows, { signal }, report) => {
      const breathe = breather(signal);
      const views: (readonly ArrayLike<number>[])[] = [];
      for (const [view, order] of orders.entries()) {
        const asked = [];
        for (const row of rows) {
          await breathe();
          asked.push(encoder.row(promptText(source.encode(row, limits, view === 0 ? undefined : order))));
        }
        const onProgress = (done: number): void => {
          report((view * rows.length + done) / (rows.length * orders.length));
        };
        views.push((await scoreCompletions(scorer, asked, { signal, onProgress })).probabilities);
      }
      return averageProbabilities(views).map((probabilities) => answerOf(choices, probabilities));
    },
    close: () => scorer.close(),
  };
}
