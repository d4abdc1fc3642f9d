/**
 * The `tokenizer.json` of a byte-level BPE as GPT-2's: the 256 bytes, and the tokens that the merges make.
 *
 * @param merges pairs such as `Ġ t`, most important first
 */
export function byteLevelTokenizer(merges: readonly string[]): Record<string, unknown> & { model: object } {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const visible = (byte: number): boolean => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  const others = bytes.filter((byte) => !visible(byte));
  const alphabet = bytes.map((byte) => String.fromCharCode(visible(byte) ? byte : 256 + others.indexOf(byte)));
  const tokens = [...alphabet, ...merges.map((pair) => pair.replace(' ', ''))];
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges: [...merges] },
  };
}
