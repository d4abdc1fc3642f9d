import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { RecipeError } from '../recipe-problem';
import type { RecipeProblem } from '../recipe-problem';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';

/** What is wrong, by the name that the parser has for it. */
const whats: Readonly<Record<string, Phrase>> = {
  PropertyNameExpected: phrase`a field name in double quotes is expected`,
  ValueExpected: phrase`a value is expected`,
  ColonExpected: phrase`a colon is expected`,
  CommaExpected: phrase`a comma is expected`,
  CloseBraceExpected: phrase`a closing brace is expected`,
  CloseBracketExpected: phrase`a closing bracket is expected`,
  EndOfFileExpected: phrase`nothing more is expected`,
  InvalidCommentToken: phrase`comments are not allowed`,
  UnexpectedEndOfComment: phrase`comments are not allowed`,
  UnexpectedEndOfString: phrase`a text is not closed by a double quote`,
  UnexpectedEndOfNumber: phrase`a number is cut off`,
  InvalidUnicode: phrase`a \\u has four hexadecimal digits`,
  InvalidEscapeCharacter: phrase`a backslash may not stand before this character`,
  InvalidCharacter: phrase`this character must be escaped`,
  InvalidNumberFormat: phrase`this is no number`,
  InvalidSymbol: phrase`this is neither a text, a number, true, false nor null`,
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

function problemAt(source: string, error: ParseError | undefined): RecipeProblem {
  const lines = source.slice(0, error?.offset ?? source.length).split(/\r\n|\r|\n/u);
  const place = phrase`line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
  const what = (error && whats[printParseErrorCode(error.error)]) ?? phrase`it cannot be read on`;
  return {
    path: '',
    message: phrase`is not valid JSON at ${place}: ${what}.`,
    hint: phrase`Look for a missing comma, quote or bracket there; comments are not allowed.`,
  };
}
