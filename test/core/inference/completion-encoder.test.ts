import { describe, expect, it } from 'vitest';
import { CompletionEncoder } from '../../../src/core/inference/completion-encoder';
import type { ScoringRow } from '../../../src/core/inference/scoring-text';
import type { Tokenizer } from '../../../src/core/model/tokenizer/tokenizer';

/** Tokens are characters, but `merged` pairs of characters are one token. */
function tokenizerOf(merged: readonly string[]): Tokenizer & { calls: number } {
  const encode = (text: string): number[] => {
    const tokens: number[] = [];
    for (let index = 0; index < text.length;) {
      const pair = merged.indexOf(text.slice(index, index + 2));
      tokens.push(pair >= 0 ? 1000 + pair : text.charCodeAt(index));
      index += pair >= 0 ? 2 : 1;
    }
    return tokens;
  };
  return {
    calls: 0,
    vocabSize: 2000,
    endOfText: undefined,
    encode,
    encodeSegments(segments) {
      this.calls++;
      const whole = encode(segments.join(''));
      const first = encode(segments[0]!);
      const shared = first.findIndex((token, index) => token !== whole[index]);
      const cut = shared < 0 ? first.length : shared;
      return [whole.slice(0, cut), whole.slice(cut)];
    },
    decode: (ids) => String.fromCharCode(...ids),
    tokenText: (id) => String.fromCharCode(id),
  };
}

/** Every completion of a row as the tokens from the prompt's first to its last. */
function wholeTexts({ prompt, tree }: ScoringRow): number[][] {
  return tree.paths.map((path) => [...Array.from(prompt), ...Array.from(path, (edge) => tree.edgeTokens[edge]!)]);
}

const completions = [' yes@', ' no@', ' note@'];

describe('CompletionEncoder', () => {
  it('encodes completions once for all prompts with the same end', () => {
    const tokenizer = tokenizerOf([' n']);
    const encoder = new CompletionEncoder(tokenizer, completions);
    for (const prompt of ['a 1 ###', 'b 22 ###', 'c 333 ###']) {
      const row = encoder.row(prompt);
      expect(row.prompt).toEqual(tokenizer.encode(prompt));
      expect(wholeTexts(row)).toEqual(completions.map((completion) => tokenizer.encode(prompt + completion)));
    }
    expect(tokenizer.calls).toBe(completions.length);
  });

  it('writes prompt and completion as one text where a token crosses from one into the other', () => {
    const tokenizer = tokenizerOf(['# ']);
    const encoder = new CompletionEncoder(tokenizer, completions);
    const row = encoder.row('a 1 ###');
    expect(row.prompt).toEqual(tokenizer.encode('a 1 ### '));
    expect(wholeTexts(row)).toEqual(completions.map((completion) => tokenizer.encode(`a 1 ###${completion}`)));
  });

  it('does so for a token that crosses into one completion only', () => {
    const tokenizer = tokenizerOf(['#y']);
    const encoder = new CompletionEncoder(tokenizer, ['yes@', 'no@']);
    const row = encoder.row('a 1 ###');
    expect(row.prompt).toEqual(tokenizer.encode('a 1 ##'));
    expect(wholeTexts(row)).toEqual([tokenizer.encode('a 1 ###yes@'), tokenizer.encode('a 1 ###no@')]);
  });
});
