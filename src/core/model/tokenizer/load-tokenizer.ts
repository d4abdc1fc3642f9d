import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { isRecord } from '../config/config-fields';
import { HubTokenizer, tokensOf } from '../hub/hub-tokenizer';
import type { ModelFolder } from '../model-folder';
import type { Tokenizer as TextTokenizer } from './tokenizer';
import { putsSpaceFirst, withoutSpaceFirst } from './tokenizer-json';
import type { JsonObject } from './tokenizer-json';
import { isFile } from '../weight-files';

/**
 * Loads the tokenizer of a model: `tokenizer.json`, and `tokenizer_config.json` where there is one.
 *
 * @throws `tokenizer-invalid` when the files are missing, malformed, of a kind that the library does not know, or when
 *   ordinary tokens lie outside the model's embedding
 */
export async function loadTokenizer({ path, config }: Pick<ModelFolder, 'path' | 'config'>): Promise<TextTokenizer> {
  const file = join(path, 'tokenizer.json');
  const json = await readJson(file);
  if (json === undefined) throw missing(path);
  const options = (await readJson(join(path, 'tokenizer_config.json'))) ?? {};
  const specials = (await readJson(join(path, 'special_tokens_map.json'))) ?? {};
  // Loaded when first needed: an editor starts faster without it.
  const { Tokenizer } = await import('@huggingface/tokenizers');
  let library: LibraryTokenizer;
  let continuation: LibraryTokenizer;
  let startTokens: readonly number[];
  try {
    library = new Tokenizer(json, options);
    continuation = putsSpaceFirst(json) ? new Tokenizer(withoutSpaceFirst(json), options) : library;
    startTokens = findStartTokens(library, options);
  } catch (error) {
    throw new LiftError('tokenizer-invalid', phrase`${file} cannot be used: ${(error as Error).message}.`, repairHint, {
      cause: error,
    });
  }
  checkVocabulary(library, config.vocabSize, file);
  const end = tokenContent(options.eos_token) ?? tokenContent(specials.eos_token);
  const endOfText = end === undefined ? config.eosTokens[0] : library.token_to_id(end);
  return new HubTokenizer(library, continuation, json, { endOfText, startTokens, embeddingRows: config.vocabSize });
}

const repairHint = 'Download the model again, or choose another one.';

async function readJson(file: string): Promise<JsonObject | undefined> {
  if (!(await isFile(file))) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new LiftError('tokenizer-invalid', phrase`${file} is not JSON: ${(error as Error).message}.`, repairHint);
  }
  if (isRecord(value)) return value;
  throw new LiftError('tokenizer-invalid', phrase`${file} does not hold a JSON object.`, repairHint);
}

/** What the tokenizer puts before a text: by its template, or as `add_bos_token` says where that is given. */
function findStartTokens(library: LibraryTokenizer, options: JsonObject): readonly number[] {
  if (typeof options.add_bos_token === 'boolean') {
    const start = tokenContent(options.bos_token);
    const id = start === undefined ? undefined : library.token_to_id(start);
    return options.add_bos_token && id !== undefined ? [id] : [];
  }
  const [first] = library.encode('a', { add_special_tokens: false }).ids;
  const { ids } = library.encode('a');
  return first === undefined ? [] : ids.slice(0, ids.indexOf(first));
}

/** A special token is a text or an object that holds one. */
function tokenContent(token: unknown): string | undefined {
  const content = isRecord(token) ? token.content : token;
  return typeof content === 'string' ? content : undefined;
}

/** Added tokens may lie outside the embedding (a padding token that the model never reads); ordinary ones may not. */
function checkVocabulary(library: LibraryTokenizer, embeddingRows: number, file: string): void {
  const added = library.get_added_tokens_decoder();
  for (const { token, id } of tokensOf(library)) {
    if (id < embeddingRows || added.has(id)) continue;
    throw new LiftError(
      'tokenizer-invalid',
      phrase`${file} does not belong to this model: its token "${token}" has the number ${id}, and the model's embedding has ${embeddingRows} rows.`,
      'Use the tokenizer files that were published with the model.',
    );
  }
}

function missing(path: string): LiftError {
  return new LiftError(
    'tokenizer-invalid',
    phrase`${path} holds no tokenizer.json.`,
    'Download it with the model, or write it in Python: AutoTokenizer.from_pretrained(folder).save_pretrained(folder).',
  );
}
