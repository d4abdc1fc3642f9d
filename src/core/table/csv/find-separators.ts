import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { detectDelimiter } from './detect-delimiter';
import { decodeText } from './encoding';
import { recordsOfHead } from './head';
import type { Head } from './head';
import type { Separators } from './split-cells';

const sniffedRecords = 500;

/** The separators of a file, and the bytes of a first line that only declares them. */
export interface FoundSeparators extends Separators {
  readonly skippedBytes: number;
}

/**
 * The delimiter and the quote of the text that the head begins: the given ones, what Excel's first line `sep=;` declares,
 * or what explains most records.
 * @throws LiftError `usage` when the given delimiter is not one character.
 */
export function findSeparators(head: Head, path: string, given?: string): FoundSeparators {
  const declared = /^sep=(.)\r?\n/i.exec(decodeText(head.bytes.subarray(0, 16), head.encoding));
  const skippedBytes = declared ? declared[0].length * head.encoding.unitBytes : 0;
  const quote = detectQuote(decodeText(head.bytes, head.encoding));
  const known = given === undefined ? declared?.[1] : delimiterNamed(given, quote);
  const delimiter = known ?? detectDelimiter((candidate) => cellsWith(candidate, quote, head), path);
  return { delimiter, quote, skippedBytes };
}

function cellsWith(delimiter: string, quote: string, head: Head): (readonly string[])[] | undefined {
  try {
    return recordsOfHead(head, { delimiter, quote }, 0, sniffedRecords).map(({ cells }) => cells);
  } catch (error) {
    if (LiftError.is(error, 'csv-invalid')) return undefined;
    throw error;
  }
}

/** Single quotes when cells are enclosed in them and none in double quotes. */
function detectQuote(text: string): string {
  const double = /(?:^|[\n,;\t|])[ ]*"/.test(text);
  const single = text.match(/(?:^|[\n,;\t|])[ ]*'[^'\n]*'[ ]*(?=[,;\t|\r\n]|$)/g)?.length ?? 0;
  return !double && single >= 2 ? "'" : '"';
}

function delimiterNamed(name: string, quote: string): string {
  const delimiter = ['tab', '\\t'].includes(name.toLowerCase()) ? '\t' : name;
  if (delimiter.length !== 1 || delimiter === quote || /[\r\n]/.test(delimiter)) {
    throw new LiftError(
      'usage',
      phrase`The delimiter ${JSON.stringify(name)} cannot be used.`,
      'Use one character such as "," ";" or "|", or "tab".',
    );
  }
  return delimiter;
}
