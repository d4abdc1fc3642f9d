import * as v from 'valibot';
import type { PaperAnswer } from '../../inference/paper-mode';
import type { AskingOptions } from '../../run/answer/answerer';
import { rawAnswer, SPARE_TOKENS } from '../../run/answer/paper-answerer';
import type { PromptRow } from '../../run/task/prompt-source';
import { encodePrompts } from '../../run/task/encode-prompts';
import { answerLines } from './numbers';
import type { ExportedQuestions } from './questions';
import { linesFile } from './files';

/** How often a number that cannot be read is asked for again (Dinh et al., 2022). */
const RETRIES = 5;

/** The tokens of every try. */
const Tries = v.pipe(v.array(v.array(v.number())), v.minLength(1));

/** Every row, to be answered by text as in the paper. The texts are read here, by the recipe's own parser. */
export async function exportTexts(
  { recipe, writer, source, limits, target }: AskingOptions,
  rows: readonly PromptRow[],
  signal: AbortSignal | undefined,
): Promise<ExportedQuestions> {
  const { tokenizer } = limits;
  const isNumber = recipe.task === 'regression';
  const stop = recipe.template.answerEnd;
  const prompts = await encodePrompts(rows, source, limits, signal);
  const answer = (tries: readonly number[][]): PaperAnswer => {
    const texts = tries.map((tokens) => cut(tokenizer.decode(tokens), stop));
    const answers = texts.map((text) => writer.parseAnswer(text));
    const readable = answers.findIndex(({ kind }) => kind !== 'unreadable');
    const last = readable < 0 ? texts.length - 1 : readable;
    if (readable < 0 && isNumber) {
      const value = target.mean;
      return { text: texts[last]!, answer: { kind: 'number', value }, retries: last, fallback: true };
    }
    return { text: texts[last]!, answer: answers[last]!, retries: last, fallback: false };
  };
  return {
    asking: {
      kind: 'texts',
      stop,
      retries: isNumber ? RETRIES : 0,
      maxTokens: limits.answerTokens + SPARE_TOKENS,
      endOfText: tokenizer.endOfText ?? null,
      texts: Array.from({ length: tokenizer.vocabSize }, (_, token) => tokenizer.tokenText(token)),
    },
    files: new Map([['ask.jsonl', linesFile(prompts.map((p) => ({ p })))]]),
    read: (answers) =>
      answerLines(answers, rows.length).map((line) => rawAnswer(answer(v.parse(Tries, JSON.parse(line))))),
  };
}

/** The text before the first end mark. */
function cut(text: string, stop: string): string {
  const end = stop === '' ? -1 : text.indexOf(stop);
  return end < 0 ? text : text.slice(0, end);
}
