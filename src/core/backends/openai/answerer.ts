import { createHash } from 'node:crypto';
import { averageProbabilities, columnOrders } from '../../inference/permutation-ensemble';
import type { Answerer, AskingOptions } from '../../run/answer/answerer';
import type { RawAnswer } from '../../run/answer/answers';
import { breather } from '../../run/progress/breathe';
import { answerOf, choicesOf } from '../../run/answer/choice-answerer';
import { rawAnswer, SPARE_TOKENS } from '../../run/answer/paper-answerer';
import type { PromptRow } from '../../run/task/prompt-source';
import { promptText } from '../../run/task/token-examples';
import { inParallel } from './in-parallel';
import type { Asks, Reply } from './asker';
import { classProbabilities } from './scores';
import { notice } from '../../run/notice';
import { phrase } from '../../foundation/phrase';

/** Requests under way at a time: services count them by the minute. */
const WIDTH = 8;
/** How often, and how hot, an unreadable number is asked for again (Dinh et al., 2022). */
const RETRIES = 5;
const RETRY_TEMPERATURE = 0.75;

/**
 * Answers rows through a service. Classes are scored by the log-probabilities that it tells; where it tells none, and for
 * numbers, its text is read as in the paper, with the same retries and fallbacks.
 */
export function openAiAnswerer(asker: Asks, asking: AskingOptions): Answerer {
  const { recipe, writer, source, limits, target } = asking;
  const isNumber = recipe.task === 'regression';
  const scored = !isNumber && recipe.prediction.mode === 'score';
  const orders = scored ? columnOrders(writer.featureCount, recipe.prediction.permutations, recipe.training.seed) : [];
  const stop = recipe.template.answerEnd;
  const maxTokens = limits.answerTokens + SPARE_TOKENS;

  const ask = (prompt: string, attempt: number, signal: AbortSignal | undefined): Promise<Reply> => {
    const temperature = attempt === 0 ? 0 : RETRY_TEMPERATURE;
    const seed = seedOf(`${recipe.training.seed} ${attempt} ${prompt}`);
    return asker.ask({ prompt, maxTokens, stop, temperature, seed }, scored, signal);
  };

  const read = async (prompt: string, first: Reply, signal: AbortSignal | undefined): Promise<RawAnswer> => {
    let { text } = first;
    for (let retries = 0; ; text = (await ask(prompt, retries, signal)).text) {
      const answer = writer.parseAnswer(cut(text, stop));
      if (answer.kind !== 'unreadable' || !isNumber) return rawAnswer({ text, answer, retries, fallback: false });
      if (++retries <= RETRIES) continue;
      const mean = { kind: 'number', value: target.mean } as const;
      return rawAnswer({ text, answer: mean, retries: RETRIES, fallback: true });
    }
  };

  const answerRow = async (row: PromptRow, signal: AbortSignal | undefined): Promise<RawAnswer> => {
    const prompt = promptText(source.encode(row, limits));
    const first = await ask(prompt, 0, signal);
    if (!scored || !first.tokens) return read(prompt, first, signal);
    const choices = choicesOf(writer);
    const views: Float64Array[] = [];
    for (const [view, order] of orders.entries()) {
      const reply = view === 0 ? first : await ask(promptText(source.encode(row, limits, order)), 0, signal);
      const probabilities = reply.tokens && classProbabilities(reply.tokens, choices.completions);
      if (probabilities) views.push(probabilities);
    }
    if (views.length === 0) return read(prompt, first, signal);
    return answerOf(choices, averageProbabilities(views.map((probabilities) => [probabilities]))[0]!);
  };

  return {
    answer: async (rows, { signal, emit }, report) => {
      const answers: RawAnswer[] = [];
      const breathe = breather(signal);
      let done = 0;
      await inParallel([...rows.entries()], WIDTH, async ([place, row]) => {
        await breathe();
        answers[place] = await answerRow(row, signal);
        report(++done / rows.length);
      });
      if (scored && answers.some(({ kind }) => kind === 'text') && !answers.some(({ kind }) => kind === 'classes')) {
        const message = phrase`The service tells no log-probabilities: its answers are read as text, and have no confidence.`;
        emit(notice('warning', message));
      }
      return answers;
    },
    close: () => Promise.resolve(),
  };
}

/** The text before the first end mark: not every service knows how to stop there. */
function cut(text: string, stop: string): string {
  const end = stop === '' ? -1 : text.indexOf(stop);
  return end < 0 ? text : text.slice(0, end);
}

function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE() % 2 ** 31;
}
