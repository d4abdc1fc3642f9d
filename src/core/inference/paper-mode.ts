import { Random } from '../foundation/random';
import type { Tokenizer } from '../model/tokenizer/tokenizer';
import type { Answer } from '../prompt/answer-parser';
import { generateTexts } from './generate-text';
import type { Generator } from './generator';

export interface PaperModeOptions {
  readonly parse: (text: string) => Answer;
  /** Ends an answer: `@@@`. Empty: an answer ends with the text. */
  readonly answerEnd: string;
  readonly maxTokens: number;
  /** The prediction of a regression when no number can be read: the mean of the training rows. Undefined: classification. */
  readonly trainingMean: number | undefined;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of rows that have an answer. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

export interface PaperAnswer {
  /** What the model wrote last, up to the end mark. */
  readonly text: string;
  readonly answer: Answer;
  /** Times it was asked again. */
  readonly retries: number;
  /** The training mean stands in for the answer. */
  readonly fallback: boolean;
}

export interface PaperModeResult {
  readonly answers: readonly PaperAnswer[];
  readonly counts: {
    /** Rows that were asked more than once. */
    readonly retried: number;
    /** Rows whose prediction is the training mean. */
    readonly trainingMean: number;
    /** Rows of a classification whose answer is no class; they count as wrong. */
    readonly unreadable: number;
  };
}

/** How often, and how hot, an unreadable number is asked for again. */
const retryLimit = 5;
const retryTemperature = 0.75;

/**
 * Predicts as the paper does (Dinh et al., 2022, section 2 and appendix): greedy text up to the first end mark. A number
 * that cannot be read is asked for again up to five times at temperature 0.75, then the training mean stands in; a class
 * that cannot be read counts as wrong.
 *
 * @param prompts tokens of each row's prompt
 * @throws LiftError `prompt-too-long`, `cancelled`
 */
export async function predictAsPaper(
  generator: Generator,
  tokenizer: Tokenizer,
  prompts: readonly ArrayLike<number>[],
  { parse, answerEnd, maxTokens, trainingMean, seed, signal, onProgress }: PaperModeOptions,
): Promise<PaperModeResult> {
  const answers: PaperAnswer[] = [];
  let open = [...prompts.keys()];
  const attempts = trainingMean === undefined ? 0 : retryLimit;
  for (let retries = 0; retries <= attempts && open.length > 0; retries++) {
    const rows = open.map((row) => ({
      prompt: prompts[row]!,
      random: Random.derive(seed, `answer-${row}-${retries}`),
    }));
    const temperature = retries === 0 ? 0 : retryTemperature;
    const texts = await generateTexts(generator, tokenizer, rows, {
      temperature,
      maxTokens,
      stop: [answerEnd],
      signal,
    });
    for (const [index, row] of open.entries()) {
      const text = texts[index]!;
      answers[row] = { text, answer: parse(text), retries, fallback: false };
    }
    open = open.filter((row) => answers[row]!.answer.kind === 'unreadable');
    onProgress?.(prompts.length - open.length);
  }
  if (trainingMean !== undefined) {
    for (const row of open) {
      answers[row] = { ...answers[row]!, answer: { kind: 'number', value: trainingMean }, fallback: true };
    }
  }
  return {
    answers,
    counts: {
      retried: answers.filter(({ retries }) => retries > 0).length,
      trainingMean: answers.filter(({ fallback }) => fallback).length,
      unreadable: trainingMean === undefined ? open.length : 0,
    },
  };
}
