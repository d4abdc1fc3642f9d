import * as v from 'valibot';
import { NumberGrammar } from '../../inference/number-grammar';
import type { AskingOptions } from '../../run/answer/answerer';
import { numberAnswer, numberFrame } from '../../run/answer/number-answerer';
import type { PromptRow } from '../../run/task/prompt-source';
import { encodePrompts } from '../../run/task/encode-prompts';
import type { ExportedQuestions } from './questions';
import { linesFile } from './files';

/** Values ascending, their probabilities, and how much of the answers was followed to its end. */
const Numbers = v.object({ v: v.array(v.number()), p: v.array(v.number()), c: v.number() });

/** Every row, with the grammar of the answers and the tokens that can be part of one. */
export async function exportNumbers(
  { writer, source, limits, target }: AskingOptions,
  rows: readonly PromptRow[],
  signal: AbortSignal | undefined,
): Promise<ExportedQuestions> {
  const { tokenizer } = limits;
  const frame = numberFrame(writer, target);
  const grammar = new NumberGrammar(frame.form, frame.before, frame.end);
  const candidates: [number, string][] = [];
  for (let token = 0; token < tokenizer.vocabSize; token++) {
    const text = tokenizer.tokenText(token);
    if (text !== '' && grammar.mayHold(text)) candidates.push([token, text]);
  }
  const prompts = await encodePrompts(rows, source, limits, signal);
  return {
    asking: { kind: 'numbers', ...frame, candidates },
    files: new Map([['ask.jsonl', linesFile(prompts.map((p) => ({ p })))]]),
    read: (answers) =>
      answerLines(answers, rows.length).map((line) => {
        const { v: values, p: probabilities, c: coverage } = v.parse(Numbers, JSON.parse(line));
        return numberAnswer({ values, probabilities, coverage }, target);
      }),
  };
}

/** The lines of answers, as many as there are rows. */
export function answerLines(answers: Uint8Array, rows: number): string[] {
  const lines = rows === 0 ? [] : Buffer.from(answers).toString('utf8').split('\n');
  if (lines.length !== rows) throw new Error(`${lines.length} lines instead of ${rows}`);
  return lines;
}
