import type { ProblemList } from './template-problem';
import type { Token } from './template-syntax';
import { parseTag } from './template-tag';
import { phrase } from '../../foundation/phrase';

/** Cuts a template text into literal text and `{{…}}` tags; whatever is wrong goes to `problems`. */
export function lexTemplate(text: string, problems: ProblemList): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('{{', from);
    const textEnd = open === -1 ? text.length : open;
    if (textEnd > from) tokens.push(textToken(text, from, textEnd));
    if (open === -1) return tokens;
    const close = endOfTag(text, open + 2);
    if (close === -1) {
      problems.add(
        { offset: open, length: text.length - open },
        phrase`{{ is never closed.`,
        phrase`Close it with }}.`,
      );
      return tokens;
    }
    from = close + 2;
    tokens.push({
      kind: 'tag',
      tag: parseTag(text.slice(open + 2, close)),
      place: { offset: open, length: from - open },
    });
  }
}

function textToken(text: string, from: number, to: number): Token {
  return { kind: 'text', text: text.slice(from, to), place: { offset: from, length: to - from } };
}

/**
 * Where the `}}` of a tag stands. Braces inside a quoted text do not end it; quotes count only where the language has
 * quoted texts (blocks, literals, `column:"…"`), so that a column may be named `height (")`.
 */
function endOfTag(text: string, from: number): number {
  const first = text.indexOf('}}', from);
  if (first === -1 || !/^\s*(?:#|"|column\s*:\s*")/u.test(text.slice(from, first + 2))) return first;
  let inQuotes = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\' && inQuotes) at++;
    else if (text[at] === '"') inQuotes = !inQuotes;
    else if (!inQuotes && text.startsWith('}}', at)) return at;
  }
  return first;
}
