import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a model folder may hold beside its weights and configuration. */
const companions = [
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'chat_template.jinja',
];

/** Copies the tokenizer and the generation settings of a model as far as it has them; gives the names of the copies. */
export async function copyModelFiles(from: string, to: string): Promise<string[]> {
  const copied: string[] = [];
  for (const name of companions) {
    try {
      await copyFile(join(from, name), join(to, name));
      copied.push(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return copied;
}
