import { utf8, windows1252 } from './encoding';
import type { Encoding } from './encoding';
import type { SourceInspection } from './inspect-source';
import { counted } from '../issues/counted';
import type { Repair } from '../table';
import type { Utf8Check } from './utf8-check';
import { phrase } from '../../foundation/phrase';

/**
 * The encoding after the whole file was seen, and what there is to say about it: a file that is not UTF-8 is read as
 * windows-1252; single damaged characters in a UTF-8 file become U+FFFD.
 */
export function confirmEncoding(
  { encoding, encodingIsGiven }: SourceInspection,
  check: Utf8Check,
): { encoding: Encoding; repairs: Repair[] } {
  const isSettled = encodingIsGiven || encoding.bomBytes > 0;
  const first = check.firstInvalidLine;
  if (first === undefined) return { encoding: isSettled ? encoding : utf8, repairs: [] };
  if (!isSettled && !check.isRatherUtf8) {
    const message = phrase`The file is not UTF-8 (first on line ${first}), so it was read as windows-1252 (Latin-1). If letters look wrong, choose its encoding.`;
    return { encoding: windows1252, repairs: [{ kind: 'encoding', message, count: check.invalidLines }] };
  }
  const settled = isSettled ? encoding : utf8;
  if (settled.name !== 'utf-8') return { encoding: settled, repairs: [] };
  const lines = counted(check.invalidLines, 'line');
  const message = phrase`${lines} with bytes that are not UTF-8 (first on line ${first}): shown as \ufffd there.`;
  return { encoding: settled, repairs: [{ kind: 'invalid-characters', message, count: check.invalidLines }] };
}
