import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tinyGpt2, tinyLlama, writeTinyModel } from '../core/model/tiny-model';

/** The printable stand-ins of all bytes in byte-level tokenizers (GPT-2's `bytes_to_unicode`), by byte. */
function byteCharacters(): string[] {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

const special = { vocab_size: 258, bos_token_id: 256, eos_token_id: 257 };

/** Configurations whose vocabulary is the 256 bytes and two special tokens. */
export const byteModels = {
  llama: (contextLength: number): object => ({ ...tinyLlama, ...special, max_position_embeddings: contextLength }),
  gpt2: (contextLength: number): object => ({ ...tinyGpt2, ...special, n_positions: contextLength }),
};

/**
 * Writes a complete model folder: some thousand random parameters, tokens that are single bytes.
 * @param contextLength the most tokens it reads
 */
export async function writeTinyModelFolder(
  folder: string,
  kind: keyof typeof byteModels = 'llama',
  contextLength = 256,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeTinyModel(folder, byteModels[kind](contextLength));
  const added = ['<s>', '</s>'].map((content, index) => ({
    id: 256 + index,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const vocab = Object.fromEntries(byteCharacters().map((character, byte) => [character, byte]));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: { type: 'BPE', dropout: null, unk_token: null, vocab, merges: [] },
  };
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  const config = {
    tokenizer_class: 'GPT2TokenizerFast',
    bos_token: '<s>',
    eos_token: '</s>',
    model_max_length: contextLength,
  };
  await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(config));
  return folder;
}
