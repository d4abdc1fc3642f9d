import type { Tokenizer } from '../model/tokenizer/tokenizer';
import type { GenerationRow, Generator } from './generator';

export interface TextOptions {
  /** 0: the most probable token each time. */
  readonly temperature: number;
  readonly maxTokens: number;
  /** The text ends before the first of these; an empty list or string: only at the end of text. */
  readonly stop: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Continues prompts: the texts up to the first stop text.
 * @throws LiftError `prompt-too-long`, `cancelled`
 */
export async function generateTexts(
  generator: Generator,
  tokenizer: Tokenizer,
  rows: readonly GenerationRow[],
  { temperature, maxTokens, stop, signal }: TextOptions,
): Promise<string[]> {
  const ends = stop.filter((text) => text !== '');
  const written = await generator.generate(rows, {
    temperature,
    maxTokens,
    signal,
    stop: (tokens) => {
      const text = tokenizer.decode(tokens);
      return ends.some((end) => text.includes(end));
    },
  });
  return written.map((tokens) => {
    const text = tokenizer.decode(tokens);
    const cuts = ends.map((end) => text.indexOf(end)).filter((place) => place >= 0);
    return text.slice(0, Math.min(text.length, ...cuts));
  });
}
