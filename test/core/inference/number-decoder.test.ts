import { describe, expect, it } from 'vitest';
import { NumberDecoder } from '../../../src/core/inference/number-decoder';
import { NumberGrammar } from '../../../src/core/inference/number-grammar';
import { CompletionTree } from '../../../src/core/inference/completion-tree';
import { scoreCompletions } from '../../../src/core/inference/score-completions';
import { Scorer } from '../../../src/core/inference/scorer';
import { loadTokenizer } from '../../../src/core/model/tokenizer/load-tokenizer';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { writeTinyModelFolder } from '../../helpers/tiny-model-folder';
import { temporaryFolders } from '../model/temporary-folder';

const newFolder = temporaryFolders();

describe('NumberDecoder', () => {
  it('gives every number the probability of decoding it character by character under the grammar', async () => {
    const model = await openModelFolder(await writeTinyModelFolder(await newFolder()));
    const tokenizer = await loadTokenizer(model);
    const scorer = await Scorer.open(model, { head: 'restricted', threads: 1 });
    const form = { negative: true, integerDigits: 1, decimals: 1, fixedDecimals: false };
    const decoder = new NumberDecoder(scorer, tokenizer, new NumberGrammar(form, ' ', '@@@'), 1000);
    const prompts = ['x1=3, y? ###', 'x1=4, what is y? ###'].map((text) => tokenizer.encode(text));
    const decoded = await decoder.decode(prompts);

    // The same by brute force: all strings of the grammar as completions, each byte a token.
    const digits = Array.from('0123456789');
    const strings = ['', '-'].flatMap((sign) =>
      digits.flatMap((digit) => [` ${sign}${digit}@`, ...digits.map((tenth) => ` ${sign}${digit}.${tenth}@`)]),
    );
    const tree = new CompletionTree(strings.map((text) => tokenizer.encode(text)));
    const { probabilities } = await scoreCompletions(
      scorer,
      prompts.map((prompt) => ({ prompt, tree })),
    );
    await scorer.close();
    for (const [row, { values, probabilities: found, coverage }] of decoded.entries()) {
      expect(coverage).toBeGreaterThan(0.99);
      const expected = new Map<number, number>();
      for (const [index, text] of strings.entries()) {
        const value = Number(text.slice(1, -1));
        expected.set(value, (expected.get(value) ?? 0) + probabilities[row]![index]!);
      }
      expect([...values]).toEqual([...expected.keys()].sort((a, b) => a - b));
      for (const [index, value] of values.entries()) {
        expect(found[index]! * coverage).toBeCloseTo(expected.get(value)!, 4);
      }
    }
  });

  it('follows only the most probable beginnings and says how much that covers', async () => {
    const model = await openModelFolder(await writeTinyModelFolder(await newFolder()));
    const tokenizer = await loadTokenizer(model);
    const scorer = await Scorer.open(model, { head: 'restricted', threads: 1 });
    const form = { negative: false, integerDigits: 3, decimals: 0, fixedDecimals: true };
    const decoder = new NumberDecoder(scorer, tokenizer, new NumberGrammar(form, ' ', '@'), 4);
    const [decoded] = await decoder.decode([tokenizer.encode('a ###')]);
    await scorer.close();
    expect(decoded!.coverage).toBeLessThan(0.9);
    expect(decoded!.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1);
    expect(decoded!.values.length).toBeLessThanOrEqual(12);
  });
});
