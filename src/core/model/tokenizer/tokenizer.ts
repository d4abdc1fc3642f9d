/** Text to token numbers and back, exactly as the model's own tokenizer does it. */
export interface Tokenizer {
  /** Token numbers are below this; may be less than the rows of the model's embedding. */
  readonly vocabSize: number;
  readonly endOfText: number | undefined;
  /** No special tokens but the model's own start token where its tokenizer adds one. */
  encode(text: string): number[];
  /**
   * Tokens of each segment: concatenated they are exactly `encode(segments.join(''))`. A token that crosses a boundary
   * belongs to the later segment, and start tokens to the first.
   */
  encodeSegments(segments: readonly string[]): number[][];
  /** Special tokens are left out. */
  decode(ids: readonly number[]): string;
  /** The text of one token for a preview: spaces are spaces, bytes that are no text by themselves are `<0xE2>`. */
  tokenText(id: number): string;
}
