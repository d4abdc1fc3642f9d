import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { isFile } from './weight-files';

/** What a model folder may hold beside its weights and configuration. */
const companions = [
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'tokenizer.model',
  'chat_template.jinja',
];

/** Writes the tokenizer and the generation settings of a model, as far as it has them, to another folder; gives their names. */
export async function writeCompanionFiles(from: string, to: string): Promise<string[]> {
  const written: string[] = [];
  for (const name of companions) {
    const path = join(from, name);
    if (!(await isFile(path))) continue;
    // Not a copy of the file: that would also copy a permission not to write.
    await writeFileAtomically(join(to, name), await readFile(path));
    written.push(name);
  }
  return written;
}
