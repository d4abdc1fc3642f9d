import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { RecipeError } from '../recipe-problem';

/** What is wrong, by the name that the parser has for it. */
const whats: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a field name in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is expected',
  CloseBracketExpected: 'a closing bracket is expected',
  EndOfFileExpected: 'nothing more is expected',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'a text is not closed by a double quote',
  UnexpectedEndOfNumber: 'a number is cut off',
  InvalidUnicode: 'a \\u has four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash may not stand before this character',
  InvalidCharacter: 'this character must be escaped',
  InvalidNumberFormat: 'this is no number',
  InvalidSymbol: 'this is neither a text, a number, true, false nor null',
};

/**
 * Strict JSON (RFC 8259), after a byte order mark if there is one.
 *
 * @throws RecipeError (`recipe-invalid`) with the place of the first error: what the engine of JavaScript says of it depends
 *   on its version, and often names no place
 */
export function parseJson(text: string): unknown {
  const source = text.replace(/^\uFEFF/u, '');
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    throw new RecipeError([problemAt(source, firstError(source))], { cause: error });
  }
}

function firstError(source: string): ParseError | undefined {
  const errors: ParseError[] = [];
  parse(source, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return errors.sort((a, b) => a.offset - b.offset)[0];
}

function problemAt(source: string, error: ParseError | undefined): { path: string; message: string; hint: string } {
  const lines = source.slice(0, error?.offset ?? source.length).split(/\r\n|\r|\n/u);
  const place = `line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
  const what = (error && whats[printParseErrorCode(error.error)]) ?? 'it cannot be read on';
  return {
    path: '',
    message: `is not valid JSON at ${place}: ${what}.`,
    hint: 'Look for a missing comma, quote or bracket there; comments are not allowed.',
  };
}
