import { isAscii, isUtf8 } from 'node:buffer';

const lineFeed = 10;

/**
 * Checks piece by piece whether a file is UTF-8, and when it is not, whether it is damaged UTF-8 or something else: the
 * lines with characters beyond ASCII vote. Valid text is checked at the speed of memory.
 */
export class Utf8Check {
  /** 1-based line of the first bytes that are not UTF-8. */
  firstInvalidLine: number | undefined;
  invalidLines = 0;
  private validLines = 0;
  /** The start of a character that the end of the last piece cut off. */
  private cut = Buffer.alloc(0);

  /** Adds the next bytes of the file, which start on the given line. */
  add(piece: Buffer, line: number): void {
    const missing = this.cut.length === 0 ? 0 : sequenceLength(this.cut[0]!) - this.cut.length;
    if (missing > 0) this.cut = Buffer.concat([this.cut, piece.subarray(0, missing)]);
    if (missing > piece.length) return;
    this.check(this.cut, line);
    const rest = piece.subarray(missing);
    const whole = wholeCharacters(rest);
    this.cut = Buffer.from(rest.subarray(whole));
    this.check(rest.subarray(0, whole), line);
  }

  /** Ends the file. */
  finish(line: number): void {
    this.check(this.cut, line);
    this.cut = Buffer.alloc(0);
  }

  /** Whether the file is rather UTF-8, possibly with damaged lines, than in a single-byte encoding. */
  get isRatherUtf8(): boolean {
    return this.validLines >= this.invalidLines;
  }

  private check(text: Buffer, firstLine: number): void {
    if (isUtf8(text)) {
      if (!isAscii(text)) this.validLines++;
      return;
    }
    let line = firstLine;
    for (let start = 0; start < text.length; line++) {
      const found = text.indexOf(lineFeed, start);
      const end = found < 0 ? text.length : found;
      const lineText = text.subarray(start, end);
      if (!isAscii(lineText)) this.vote(isUtf8(lineText), line);
      start = end + 1;
    }
  }

  private vote(valid: boolean, line: number): void {
    if (valid) {
      this.validLines++;
    } else {
      this.invalidLines++;
      this.firstInvalidLine ??= line;
    }
  }
}

/** How many of the bytes are whole characters: all but one that is cut off at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes of the character that a lead byte begins (RFC 3629). */
function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
