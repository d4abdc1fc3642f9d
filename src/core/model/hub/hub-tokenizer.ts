import type { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { LruCache } from '../tokenizer/lru-cache';
import { SafeCuts } from '../tokenizer/safe-cuts';
import { readableToken } from '../tokenizer/token-text';
import type { Tokenizer } from '../tokenizer/tokenizer';
import { flattenSteps, type JsonObject } from '../tokenizer/tokenizer-json';

/** Longer pieces are not kept: they rarely come again. */
const longestKept = 2048;

/** What a tokenizer is made of besides its two files. */
export interface TokenizerSettings {
  readonly endOfText: number | undefined;
  /** Put before every text, as the model was trained: its start token, or nothing. */
  readonly startTokens: readonly number[];
  /** Rows of the model's embedding. */
  readonly embeddingRows: number;
}

/** Every token and its number, also where the numbers have gaps. */
export function tokensOf(library: LibraryTokenizer): { token: string; id: number }[] {
  const vocabulary: Map<string | undefined, number> = library.get_vocab();
  return [...vocabulary].flatMap(([token, id]) => (token === undefined ? [] : [{ token, id }]));
}

/**
 * A tokenizer of the Hugging Face library, with repeated pieces of text encoded once. `continuation` is the same one for
 * text that goes on, before which some tokenizers would put a space.
 */
export class HubTokenizer implements Tokenizer {
  readonly vocabSize: number;
  readonly endOfText: number | undefined;
  private readonly cuts: SafeCuts;
  private readonly added: ReadonlySet<number>;
  private readonly byteLevel: boolean;
  private readonly kept = new LruCache<number[]>(20_000);

  constructor(
    private readonly library: LibraryTokenizer,
    private readonly continuation: LibraryTokenizer,
    json: JsonObject,
    private readonly settings: TokenizerSettings,
  ) {
    this.endOfText = settings.endOfText;
    const vocabulary = tokensOf(library);
    const added = library.get_added_tokens_decoder();
    this.vocabSize = vocabulary.reduce((size, { id }) => Math.max(size, id + 1), 0);
    this.added = new Set(added.keys());
    this.byteLevel = flattenSteps(json.pre_tokenizer).some(({ type }) => type === 'ByteLevel');
    this.cuts = SafeCuts.of(
      json,
      vocabulary.map(({ token }) => token),
      [...added.values()].map(({ content }) => content),
    );
  }

  encode(text: string): number[] {
    return this.encodeSegments([text])[0]!;
  }

  encodeSegments(segments: readonly string[]): number[][] {
    const text = segments.join('');
    const mayCut = this.cuts.allow(text);
    const encoded: number[][] = [];
    let start = 0;
    let end = 0;
    let group: string[] = [];
    for (const [index, segment] of segments.entries()) {
      group.push(segment);
      end += segment.length;
      if (index < segments.length - 1 && !(mayCut && this.cuts.isSafe(text, end))) continue;
      encoded.push(...this.encodeGroup(group, start === 0, mayCut));
      group = [];
      start = end;
    }
    encoded[0]?.unshift(...this.settings.startTokens);
    return encoded;
  }

  decode(ids: readonly number[]): string {
    const known = ids.filter((id) => this.library.id_to_token(id) !== undefined);
    if (known.length === 0) return '';
    return this.library.decode(known, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  }

  tokenText(id: number): string {
    const token = this.library.id_to_token(id);
    if (token === undefined) return `<${id}>`;
    return this.added.has(id) ? token : readableToken(token, this.byteLevel);
  }

  /**
   * Encodes segments between which no safe cut is. A token belongs to the segment in which the encodings of all text up
   * to the segment's end and of the whole group stop being the same: where a token crosses a boundary, to the later one.
   */
  private encodeGroup(group: readonly string[], isFirst: boolean, mayCut: boolean): number[][] {
    const whole = this.encodePiece(group.join(''), isFirst, mayCut);
    let before = '';
    let from = 0;
    return group.map((segment, index) => {
      before += segment;
      const to = index === group.length - 1 ? whole.length : this.agreement(before, whole, isFirst, mayCut);
      const ids = whole.slice(from, Math.max(from, to));
      from += ids.length;
      return ids;
    });
  }

  /** How many tokens the encoding of a beginning of a text shares with that of the whole. */
  private agreement(beginning: string, whole: readonly number[], isFirst: boolean, mayCut: boolean): number {
    const ids = this.encodePiece(beginning, isFirst, mayCut);
    const differing = ids.findIndex((id, index) => id !== whole[index]);
    return differing === -1 ? ids.length : differing;
  }

  private encodePiece(text: string, isFirst: boolean, mayCut: boolean): readonly number[] {
    if (text === '') return [];
    const encode = (): number[] => (mayCut ? this.encodeWords(text, isFirst) : this.encodeWhole(text, isFirst));
    return text.length > longestKept ? encode() : this.kept.getOrMake(`${isFirst ? '^' : ' '}${text}`, encode);
  }

  /** Word by word, so that words that come again are encoded once. */
  private encodeWords(text: string, isFirst: boolean): number[] {
    const ids: number[] = [];
    let start = 0;
    for (let position = 1; position <= text.length; position++) {
      if (position < text.length && !this.cuts.isSafe(text, position)) continue;
      const word = text.slice(start, position);
      const atStart = isFirst && start === 0;
      const encode = (): number[] => this.encodeWhole(word, atStart);
      const encoded =
        word.length === text.length ? encode() : this.kept.getOrMake(`${atStart ? '^' : ' '}${word}`, encode);
      for (const id of encoded) ids.push(id);
      start = position;
    }
    return ids;
  }

  private encodeWhole(text: string, isFirst: boolean): number[] {
    const tokenizer = isFirst ? this.library : this.continuation;
    const { ids } = tokenizer.encode(text, { add_special_tokens: false });
    if (this.vocabSize <= this.settings.embeddingRows) return ids;
    const outside = ids.find((id) => id >= this.settings.embeddingRows);
    if (outside === undefined) return ids;
    throw new LiftError(
      'tokenizer-invalid',
      phrase`The text holds the token "${this.tokenText(outside)}" (number ${outside}), and the model's embedding has only ${this.settings.embeddingRows} rows.`,
      'Take this token out of the text, or use the tokenizer that belongs to the model.',
    );
  }
}
