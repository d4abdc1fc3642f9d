import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../../src/core/model/tokenizer/load-tokenizer';
import type { Tokenizer } from '../../../../src/core/model/tokenizer/tokenizer';
import { byteLevelTokenizer } from '../tiny-tokenizer';
import { temporaryFolders } from '../temporary-folder';
import { configOf, loadFrom, readFixture } from '../tokenizer-fixtures';

const newFolder = temporaryFolders();
const stories = join(process.env.LIFT_SHARED ?? '../shared', 'models', 'stories260K');

/** Texts of the kind that prompts are made of, and worse. */
const segment = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' ',
        '  ',
        '\n',
        '\n\n',
        ' \n ',
        '\t',
        '\r\n',
        '###',
        ' ###',
        '@@@',
        '@@@\n',
        '.',
        ',',
        "'s",
        '=',
        '?',
      ),
      fc.constantFrom(
        'A',
        'setosa',
        ' setosa',
        'sepal length',
        'über',
        'é',
        'e\u0301',
        '\u0301',
        '東京',
        '🙂',
        '“',
        '▁',
        'Ġ',
      ),
      fc.constantFrom('<|endoftext|>', '</s>', '<s>', '<|end|>', '<unk>', '        '),
      fc.nat(2000).map(String),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

function expectSegmentsToAgree(tokenizer: Tokenizer): void {
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
      const parts = tokenizer.encodeSegments(segments);
      expect(parts).toHaveLength(segments.length);
      expect(parts.flat()).toEqual(tokenizer.encode(segments.join('')));
    }),
    { numRuns: 200 },
  );
}

describe.each(['gpt2', 'gpt_neox', 'llama', 'llama-3', 'metaspace', 'qwen2', 'smollm2'])('the %s tokenizer', (name) => {
  const { tokenizer: json, config, truth } = readFixture(name);
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadFrom(newFolder, json, config);
  });

  it('encodes as the reference implementation', () => {
    for (const { text, ids } of truth) expect(tokenizer.encode(text)).toEqual(ids);
  });

  it('decodes as the reference implementation', () => {
    for (const { ids, decoded } of truth) expect(tokenizer.decode(ids)).toBe(decoded);
  });

  it('encodes any text as the library does without pieces and caches', async () => {
    const { Tokenizer: Library } = await import('@huggingface/tokenizers');
    const library = new Library(json, config);
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        const text = segments.join('');
        expect(tokenizer.encode(text)).toEqual(library.encode(text).ids);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the tokens of segments that together are those of the text', () => {
    expectSegmentsToAgree(tokenizer);
  });

  it('keeps a completion that begins with a space apart from its prompt', () => {
    const prompt = 'A512 B130 ### setosa@@@\nA300 B500 ###';
    const [question, answer] = tokenizer.encodeSegments([prompt, ' setosa@@@']);
    expect(question).toEqual(tokenizer.encode(prompt));
    expect(tokenizer.decode(answer!).trim()).toBe('setosa@@@');
  });

  it('shows tokens as text that together is the text', () => {
    const text = 'When we have sepal length=5.1, what should be the species? ###';
    const shown = tokenizer.encode(text).map((id) => tokenizer.tokenText(id));
    expect(shown.join('').replace(/^<s> |^<\|begin\|>/, '')).toBe(text);
  });
});

describe('segments', () => {
  it('give a token that crosses a boundary to the later segment', async () => {
    const tokenizer = await loadFrom(newFolder, byteLevelTokenizer(['Ġ s', 's e', 'Ġs e']));
    const [first, second] = tokenizer.encodeSegments(['a ', 'se']);
    expect(first!.map((id) => tokenizer.tokenText(id))).toEqual(['a']);
    expect(second!.map((id) => tokenizer.tokenText(id))).toEqual([' se']);
  });

  it('may be empty', async () => {
    const tokenizer = await loadFrom(newFolder, byteLevelTokenizer([]));
    expect(tokenizer.encodeSegments([])).toEqual([]);
    expect(tokenizer.encodeSegments(['', 'a', '', ''])).toEqual([[], tokenizer.encode('a'), [], []]);
  });

  it("are the caller's own to change", async () => {
    const tokenizer = await loadFrom(newFolder, byteLevelTokenizer([]));
    tokenizer.encode('ab').push(7);
    expect(tokenizer.encode('ab')).toHaveLength(2);
  });
});

const symbol = fc.constantFrom('@', 'Ċ', '#', 'Ġ', '1', '0', 's', 'e');

describe('a tokenizer made of bytes and few merges', () => {
  it('agrees with itself on segments, whatever its merges', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(symbol, symbol), {
          selector: String,
          maxLength: 8,
        }),
        async (merges) => {
          const tokenizer = await loadFrom(newFolder, byteLevelTokenizer(merges.map((pair) => pair.join(' '))));
          fc.assert(
            fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
              expect(tokenizer.encodeSegments(segments).flat()).toEqual(tokenizer.encode(segments.join('')));
            }),
            { numRuns: 20 },
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('round-trips any well-formed text', async () => {
    const tokenizer = await loadFrom(newFolder, byteLevelTokenizer(['t h', 'th e', 'Ġ the']));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
    );
  });

  it('shows bytes that are no text as their numbers', async () => {
    const tokenizer = await loadFrom(newFolder, byteLevelTokenizer([]));
    expect(tokenizer.encode('é\n').map((id) => tokenizer.tokenText(id))).toEqual(['<0xC3>', '<0xA9>', '\n']);
    expect(tokenizer.tokenText(5000)).toBe('<5000>');
  });

  it('leaves out numbers without a token when it decodes', async () => {
    const tokenizer = await loadFrom(newFolder, byteLevelTokenizer([]));
    expect(tokenizer.decode([...tokenizer.encode('ok'), 5000, -1])).toBe('ok');
    expect(tokenizer.decode([])).toBe('');
  });
});

describe.skipIf(!existsSync(stories))(
  'the tokenizer of stories260K (skipped where the shared models are absent)',
  () => {
    let tokenizer: Tokenizer;
    beforeAll(async () => {
      const path = await newFolder();
      await copyFile(join(stories, 'tokenizer.json'), join(path, 'tokenizer.json'));
      await copyFile(join(stories, 'tokenizer_config.json'), join(path, 'tokenizer_config.json'));
      tokenizer = await loadTokenizer({ path, config: configOf(512) });
    });

    it('gives the tokens of segments that together are those of the text', () => {
      expect(tokenizer.vocabSize).toBe(512);
      expectSegmentsToAgree(tokenizer);
    });

    it('decodes what it encodes', () => {
      const text = 'Once upon a time, there was a little girl.';
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    });
  },
);
