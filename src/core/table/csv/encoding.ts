import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { Utf8Check } from './utf8-check';

/** How bytes become text: the canonical name of the WHATWG Encoding Standard, and where the text begins. */
export interface Encoding {
  readonly name: string;
  /** Bytes of the byte order mark at the start of the file. */
  readonly bomBytes: number;
  /** Bytes of one code unit; delimiters and line ends are one unit each. */
  readonly unitBytes: 1 | 2;
}

/** What windows-1252 has at 0x80–0x9F, where Latin-1 has control characters (WHATWG Encoding Standard, index windows-1252). */
const upperControls = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * The encoding that a user named, by any label of the WHATWG Encoding Standard ("latin1", "utf-16", "euc-kr"); as there, a
 * byte order mark takes precedence.
 * @throws LiftError `usage` for a name that is not known.
 */
export function encodingNamed(label: string, head: Uint8Array): Encoding {
  let name = '';
  try {
    name = new TextDecoder(label).encoding;
  } catch {
    // Unknown: reported below.
  }
  // In the encodings that switch alphabets by escape sequences, a letter may look like a delimiter.
  if (name === '' || name === 'iso-2022-jp') {
    throw new LiftError(
      'usage',
      phrase`The encoding "${label}" is not supported.`,
      'Use utf-8, utf-16le, utf-16be, windows-1252 or another name of the WHATWG Encoding Standard.',
    );
  }
  return encodingOfMark(head) ?? withName(name, 0);
}

/**
 * Guesses the encoding from the first bytes: the byte order mark; zero bytes on one side of every pair (UTF-16 without
 * a mark); otherwise UTF-8 or windows-1252, which only the whole file can confirm (see `confirmEncoding`).
 * @throws LiftError `csv-invalid` for UTF-32.
 */
export function guessEncoding(head: Buffer): Encoding {
  const certain = encodingOfMark(head) ?? utf16WithoutMark(head);
  if (certain) return certain;
  const check = new Utf8Check();
  check.add(head, 1);
  return check.isRatherUtf8 ? utf8 : windows1252;
}

export const utf8: Encoding = { name: 'utf-8', bomBytes: 0, unitBytes: 1 };

/** The superset of Latin-1 that a file in neither UTF-8 nor UTF-16 most often is in. */
export const windows1252: Encoding = { name: 'windows-1252', bomBytes: 0, unitBytes: 1 };

/** Brings UTF-16 of the other byte order to little-endian, in place. */
export function toLittleEndian(bytes: Buffer, encoding: Encoding): void {
  if (encoding.name === 'utf-16be') bytes.swap16();
}

/** The text of bytes that `toLittleEndian` has seen; what is not valid becomes U+FFFD. */
export function decodeText(bytes: Buffer, encoding: Encoding): string {
  switch (encoding.name) {
    case 'utf-8':
      return bytes.toString('utf8');
    case 'windows-1252':
      // Not TextDecoder: some Node releases decode 0x80–0x9F as Latin-1.
      return bytes
        .toString('latin1')
        .replace(/[\x80-\x9f]/g, (character) => upperControls[character.charCodeAt(0) - 0x80]!);
    case 'utf-16le':
    case 'utf-16be':
      return bytes.toString('utf16le');
    default:
      return new TextDecoder(encoding.name).decode(bytes);
  }
}

function withName(name: string, bomBytes: number): Encoding {
  return { name, bomBytes, unitBytes: name.startsWith('utf-16') ? 2 : 1 };
}

function encodingOfMark(head: Uint8Array): Encoding | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) {
    throw new LiftError('csv-invalid', 'The file is in UTF-32.', 'Save it as UTF-8.');
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) return withName('utf-8', 3);
  if (first === 0xff && second === 0xfe) return withName('utf-16le', 2);
  if (first === 0xfe && second === 0xff) return withName('utf-16be', 2);
  return undefined;
}

/** Delimiters, digits and line ends have a zero byte in UTF-16, always on the same side of the pair. */
function utf16WithoutMark(head: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  for (let index = 0; index < head.length; index++) if (head[index] === 0) zeros[index % 2]!++;
  const total = zeros[0]! + zeros[1]!;
  if (total < 2 || total < head.length / 50) return undefined;
  if (zeros[1]! > 0.95 * total) return withName('utf-16le', 0);
  if (zeros[0]! > 0.95 * total) return withName('utf-16be', 0);
  return undefined;
}
