/** Byte-level alphabets write every byte as one visible character (`bytes_to_unicode` of GPT-2): the way back. */
const bytesOfCharacters = new Map<string, number>();
let next = 256;
for (let byte = 0; byte < 256; byte++) {
  const isVisible = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  bytesOfCharacters.set(String.fromCharCode(isVisible ? byte : next++), byte);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of one token as people read it: spaces are spaces, and bytes that are no text by themselves are written
 * `<0xE2>`.
 *
 * @param token as the vocabulary writes it
 * @param byteLevel the vocabulary writes bytes as characters (GPT-2), rather than spaces as ▁ (SentencePiece)
 */
export function readableToken(token: string, byteLevel: boolean): string {
  const bytes = byteLevel ? Array.from(token, (character) => bytesOfCharacters.get(character)) : singleByte(token);
  if (bytes === undefined) return token.replaceAll('▁', ' ');
  if (!bytes.every((byte) => byte !== undefined)) return token;
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`).join('');
  }
}

/** The byte that a SentencePiece token such as `<0x0A>` stands for. */
function singleByte(token: string): number[] | undefined {
  const match = /^<0x([0-9A-F]{2})>$/.exec(token);
  return match === null ? undefined : [parseInt(match[1]!, 16)];
}
