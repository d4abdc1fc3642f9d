import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadTokenizer } from '../../../src/core/model/tokenizer/load-tokenizer';
import type { ModelConfig } from '../../../src/core/model/config/model-config';
import { parseModelConfig } from '../../../src/core/model/config/read-model-config';
import type { Tokenizer } from '../../../src/core/model/tokenizer/tokenizer';
import { tinyLlama } from './tiny-model';

/** The two files of a tokenizer, and what the reference implementation makes of some texts. */
export interface TokenizerFixture {
  readonly tokenizer: object;
  readonly config: object;
  readonly truth: readonly { readonly text: string; readonly ids: number[]; readonly decoded: string }[];
}

export function readFixture(name: string): TokenizerFixture {
  const file = join(import.meta.dirname, 'fixtures', 'tokenizers', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as TokenizerFixture;
}

/** The configuration of a model with so many rows in its embedding. */
export function configOf(vocabSize: number): ModelConfig {
  return parseModelConfig(JSON.stringify({ ...tinyLlama, vocab_size: vocabSize }), 'c');
}

/** Writes the two files into a new folder and loads them. */
export async function loadFrom(
  newFolder: () => Promise<string>,
  tokenizer: object,
  config: object = {},
  vocabSize = 1000,
): Promise<Tokenizer> {
  const path = await newFolder();
  await writeFile(join(path, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(path, 'tokenizer_config.json'), JSON.stringify(config));
  return loadTokenizer({ path, config: configOf(vocabSize) });
}
