import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../../src/core/model/tokenizer/load-tokenizer';
import { temporaryFolders } from '../temporary-folder';
import { tinyLlama } from '../tiny-model';
import { byteLevelTokenizer } from '../tiny-tokenizer';
import { configOf, loadFrom, readFixture } from '../tokenizer-fixtures';

const newFolder = temporaryFolders();

describe('start and end tokens', () => {
  const { tokenizer: gpt2, config } = readFixture('gpt2');
  const { tokenizer: llama, config: llamaConfig } = readFixture('llama');

  it('follow add_bos_token where it is given, else the template', async () => {
    const end = (await loadFrom(newFolder, gpt2, config)).endOfText!;
    expect((await loadFrom(newFolder, gpt2, { ...config, add_bos_token: true })).encode('a')[0]).toBe(end);
    expect((await loadFrom(newFolder, llama, llamaConfig)).encode('a')[0]).toBe(1);
    expect((await loadFrom(newFolder, llama, { ...llamaConfig, add_bos_token: false })).encode('a')[0]).not.toBe(1);
  });

  it('come first in the first segment, also when it is empty', async () => {
    const tokenizer = await loadFrom(newFolder, llama, llamaConfig);
    expect(tokenizer.encodeSegments(['', 'a'])[0]).toEqual([1]);
    expect(tokenizer.encode('')).toEqual([1]);
  });

  it('are found in objects, in special_tokens_map.json, or in config.json', async () => {
    const path = await newFolder();
    await writeFile(join(path, 'tokenizer.json'), JSON.stringify(llama));
    const model = { path, config: configOf(1000) };
    expect((await loadTokenizer(model)).endOfText).toBe(tinyLlama.eos_token_id);
    await writeFile(join(path, 'special_tokens_map.json'), '{"eos_token":{"content":"<unk>"}}');
    expect((await loadTokenizer(model)).endOfText).toBe(0);
    await writeFile(join(path, 'tokenizer_config.json'), '{"eos_token":"</s>"}');
    expect((await loadTokenizer(model)).endOfText).toBe(2);
  });
});

describe('a wrong tokenizer', () => {
  it('is refused when its tokens lie outside the embedding', async () => {
    await expect(loadFrom(newFolder, byteLevelTokenizer([]), {}, 100)).rejects.toMatchObject({
      code: 'tokenizer-invalid',
      message: expect.stringMatching(/does not belong to this model.*100 rows/) as string,
    });
  });

  it('is an error at the text that holds an added token outside the embedding', async () => {
    const json = byteLevelTokenizer([]);
    const added = { id: 256, content: '[PAD]', special: true, single_word: false, lstrip: false, rstrip: false };
    const tokenizer = await loadFrom(newFolder, { ...json, added_tokens: [added] }, {}, 256);
    expect(tokenizer.encode('fine')).toHaveLength(4);
    expect(() => tokenizer.encode('a [PAD]')).toThrow(/"\[PAD\]" \(number 256\).*256 rows/);
  });

  it.each([
    ['is missing', undefined, /holds no tokenizer\.json/],
    ['is not JSON', '{', /tokenizer\.json is not JSON/],
    ['is a list', '[]', /JSON object/],
    ['lacks its parts', '{}', /cannot be used/],
    [
      'is of an unknown kind',
      JSON.stringify({ ...byteLevelTokenizer([]), model: { type: 'Magic' } }),
      /cannot be used/,
    ],
  ])('is reported when it %s', async (_, text, message) => {
    const path = await newFolder();
    if (text !== undefined) await writeFile(join(path, 'tokenizer.json'), text);
    await expect(loadTokenizer({ path, config: configOf(300) })).rejects.toMatchObject({
      code: 'tokenizer-invalid',
      message: expect.stringMatching(message) as string,
    });
  });
});
