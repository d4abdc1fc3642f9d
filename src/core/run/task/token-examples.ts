import type { SegmentRole } from '../../prompt/prompt-segment';
import type { TokenExample } from '../../training/batches/token-example';
import type { EncodedPrompt } from './encode-prompt';

/** What a model is trained to say: the answer; also the answers of the example rows; or the whole text. */
export type LossOn = 'answer' | 'answers' | 'text';

const rolesWithLoss: Record<LossOn, readonly SegmentRole[]> = {
  answer: ['answer'],
  answers: ['answer', 'example-answer'],
  text: ['answer', 'example-answer', 'question', 'context'],
};

/** A prompt with its completion as a training text. The first token of a text has nothing before it, so no loss. */
export function trainingExample({ segments }: EncodedPrompt, lossOn: LossOn): TokenExample {
  const roles = rolesWithLoss[lossOn];
  const tokens: number[] = [];
  const lossPositions: number[] = [];
  for (const segment of segments) {
    for (const token of segment.tokens) {
      if (roles.includes(segment.role) && tokens.length > 0) lossPositions.push(tokens.length);
      tokens.push(token);
    }
  }
  return { tokens: Int32Array.from(tokens), lossPositions: Int32Array.from(lossPositions) };
}

/** What the model reads before it answers. */
export function promptTokens({ segments }: EncodedPrompt): number[] {
  return segments.filter(({ role }) => role !== 'answer').flatMap(({ tokens }) => tokens);
}

/** The same as text. */
export function promptText({ segments }: EncodedPrompt): string {
  return segments
    .filter(({ role }) => role !== 'answer')
    .map(({ text }) => text)
    .join('');
}
