import { describe, expect, it } from 'vitest';
import type { LiftError } from '../../../../src/core/foundation/lift-error';
import type { Tokenizer } from '../../../../src/core/model/tokenizer/tokenizer';
import type { PromptSegment, RenderedPrompt } from '../../../../src/core/prompt/prompt-segment';
import { encodePrompt } from '../../../../src/core/run/task/encode-prompt';
import type { EncodedPrompt } from '../../../../src/core/run/task/encode-prompt';
import { promptTokens, trainingExample } from '../../../../src/core/run/task/token-examples';

/** One token a character, after a start token. */
const tokenizer = {
  encodeSegments: (segments: readonly string[]) =>
    segments.map((text, index) => [...(index === 0 ? [0] : []), ...Array.from(text, (letter) => letter.charCodeAt(0))]),
} as Tokenizer;

function render(count: number): RenderedPrompt {
  const examples = ['far', 'mid', 'near'].slice(3 - count);
  const segments: PromptSegment[] = [
    ...examples.flatMap((text): PromptSegment[] => [
      { text: `${text}=`, role: 'context' },
      { text: 'y', role: 'example-answer' },
    ]),
    { text: 'row=', role: 'question' },
    { text: 'no', role: 'answer' },
  ];
  return { segments, prompt: '', completion: 'no' };
}

const encode = (contextLength: number): EncodedPrompt =>
  encodePrompt(render, 3, 'line 7', { tokenizer, contextLength, answerTokens: 2 });

const textOf = (tokens: Iterable<number>): string => String.fromCharCode(...tokens).slice(1);

describe('the encoding of a prompt', () => {
  it('keeps all example rows when they fit', () => {
    const encoded = encode(100);
    expect(encoded.droppedExamples).toBe(0);
    expect(textOf(promptTokens(encoded))).toBe('far=ymid=ynear=yrow=');
  });

  it('drops the farthest example rows first when the prompt is too long', () => {
    // A start token, "near=y" and "row=", and two tokens for the answer: thirteen.
    const encoded = encode(13);
    expect(encoded.droppedExamples).toBe(2);
    expect(textOf(promptTokens(encoded))).toBe('near=yrow=');
    expect(textOf(promptTokens(encode(12)))).toBe('row=');
  });

  it('names the row, its tokens and the limit when the row is too long even alone', () => {
    let error: LiftError | undefined;
    try {
      encode(6);
    } catch (thrown) {
      error = thrown as LiftError;
    }
    expect(error).toMatchObject({ code: 'prompt-too-long' });
    expect(error?.message).toBe('The prompt of line 7 needs 7 tokens with its answer, but the model reads at most 6.');
  });
});

describe('a training text', () => {
  const lossText = (lossOn: 'answer' | 'answers' | 'text'): string => {
    const { tokens, lossPositions } = trainingExample(encode(100), lossOn);
    return [...lossPositions].map((position) => String.fromCharCode(tokens[position]!)).join('');
  };

  it('carries loss on the answer only, on all answers, or on everything but its first token', () => {
    expect(lossText('answer')).toBe('no');
    expect(lossText('answers')).toBe('yyyno');
    expect(lossText('text')).toBe('far=ymid=ynear=yrow=no');
  });
});
