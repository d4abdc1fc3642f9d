import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Tokenizer } from '../../model/tokenizer/tokenizer';
import type { RenderedPrompt, SegmentRole } from '../../prompt/prompt-segment';

/** Tokens of one segment of a prompt. */
export interface EncodedSegment {
  readonly role: SegmentRole;
  readonly text: string;
  readonly tokens: readonly number[];
}

export interface EncodedPrompt {
  readonly segments: readonly EncodedSegment[];
  /** Example rows that were left out because the prompt was too long with them. */
  readonly droppedExamples: number;
}

export interface PromptLimits {
  readonly tokenizer: Tokenizer;
  /** The most tokens the model reads. */
  readonly contextLength: number;
  /** Tokens to keep free for the longest answer. */
  readonly answerTokens: number;
}

/**
 * Tokens of a row's prompt that fit the model. A prompt that is too long loses its example rows from the front, where
 * the farthest ones stand, one after the other.
 *
 * @param render writes the row with the last `count` of its example rows
 * @param row what to call the row in an error: "line 12"
 * Throws `prompt-too-long`, with the row, its tokens and the limit, when it is too long even alone.
 */
export function encodePrompt(
  render: (exampleCount: number) => RenderedPrompt,
  exampleCount: number,
  row: string,
  { tokenizer, contextLength, answerTokens }: PromptLimits,
): EncodedPrompt {
  for (let count = exampleCount; ; count--) {
    const { segments } = render(count);
    const tokens = tokenizer.encodeSegments(segments.map((segment) => segment.text));
    const length = segments.reduce((sum, { role }, index) => sum + (role === 'answer' ? 0 : tokens[index]!.length), 0);
    if (length + answerTokens <= contextLength) {
      return {
        segments: segments.map(({ role, text }, index) => ({ role, text, tokens: tokens[index]! })),
        droppedExamples: exampleCount - count,
      };
    }
    if (count === 0) throw tooLong(row, length + answerTokens, contextLength);
  }
}

function tooLong(row: string, needed: number, limit: number): LiftError {
  return new LiftError(
    'prompt-too-long',
    phrase`The prompt of ${row} needs ${needed.toLocaleString('en')} tokens with its answer, but the model reads at most ${limit.toLocaleString('en')}.`,
    'Leave out columns with long texts, use a shorter template (compact, for pixels image), or take a model with a longer context.',
  );
}
