import { flattenSteps, putsSpaceFirst, type JsonObject } from './tokenizer-json';

/** Normalisers that leave ASCII characters, and where they meet others, as they are. */
const harmlessNormalizers = new Set(['NFC', 'Prepend', 'Replace']);

/**
 * Where a text may be cut so that encoding the two parts one by one gives exactly what encoding the whole gives:
 * between a visible ASCII character and a space (or a line feed before a visible character), where no token of the
 * vocabulary holds these two characters side by side. Then no merge crosses the cut, so merges on both sides are
 * independent of each other; and the patterns that the supported models split words with (those of GPT-2 and GPT-4)
 * begin a new word there, or one that no merge joins. For any other kind of tokenizer nothing is a safe cut.
 */
export class SafeCuts {
  private constructor(
    private readonly beforeSpace: ReadonlySet<number>,
    private readonly beforeLineFeed: ReadonlySet<number>,
    /** Texts that hold one of these are not cut: what comes after an added token may get a space of its own. */
    private readonly addedTokens: readonly string[],
  ) {}

  static of(tokenizer: JsonObject, vocabulary: Iterable<string>, addedTokens: readonly string[]): SafeCuts {
    if (!isKnownKind(tokenizer)) return new SafeCuts(new Set(), new Set(), []);
    const beforeSpace = new Set<number>();
    const beforeLineFeed = new Set<number>();
    for (let code = 0x21; code < 0x7f; code++) {
      beforeSpace.add(code);
      beforeLineFeed.add(code);
    }
    // Spaces and line feeds in tokens: byte-level alphabets write them as Ġ and Ċ, SentencePiece as ▁.
    for (const token of vocabulary) {
      for (let index = 1; index < token.length; index++) {
        const character = token[index]!;
        if (character === 'Ġ' || character === '▁' || character === ' ')
          beforeSpace.delete(token.charCodeAt(index - 1));
        if (character === 'Ċ' || character === '\n') beforeLineFeed.delete(token.charCodeAt(index - 1));
      }
    }
    return new SafeCuts(beforeSpace, beforeLineFeed, putsSpaceFirst(tokenizer) ? addedTokens : []);
  }

  /** Whether a text has any safe cut to ask for. */
  allow(text: string): boolean {
    return this.beforeSpace.size > 0 && !this.addedTokens.some((token) => text.includes(token));
  }

  /** Whether `text` may be cut before the character at `position`. */
  isSafe(text: string, position: number): boolean {
    const right = text.charCodeAt(position);
    if (right === 0x20) return this.beforeSpace.has(text.charCodeAt(position - 1));
    if (right !== 0x0a) return false;
    const next = text.charCodeAt(position + 1);
    return next > 0x20 && next < 0x7f && this.beforeLineFeed.has(text.charCodeAt(position - 1));
  }
}

function isKnownKind(tokenizer: JsonObject): boolean {
  const model = tokenizer.model as JsonObject;
  const added = (tokenizer.added_tokens ?? []) as JsonObject[];
  return (
    model.type === 'BPE' &&
    (model.continuing_subword_prefix ?? '') === '' &&
    (model.end_of_word_suffix ?? '') === '' &&
    flattenSteps(tokenizer.normalizer).every(isHarmlessNormalizer) &&
    flattenSteps(tokenizer.pre_tokenizer).every(isKnownPreTokenizer) &&
    added.every((token) => token.lstrip !== true && token.rstrip !== true && token.single_word !== true)
  );
}

function isHarmlessNormalizer({ type, pattern }: JsonObject): boolean {
  if (type === 'Replace') return (pattern as JsonObject | undefined)?.String === ' ';
  return harmlessNormalizers.has(String(type));
}

function isKnownPreTokenizer({ type, pattern }: JsonObject): boolean {
  if (type !== 'Split') return type === 'ByteLevel' || type === 'Digits' || type === 'Metaspace';
  const regex = (pattern as JsonObject | undefined)?.Regex;
  return typeof regex === 'string' && regex.endsWith('|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+');
}
