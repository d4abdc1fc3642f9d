import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../../src/core/foundation/lift-error';
import { parseJson } from '../../../../src/core/recipe/document/parse-json';

function messageOf(text: string): string {
  try {
    parseJson(text);
  } catch (error) {
    expect(LiftError.is(error, 'recipe-invalid')).toBe(true);
    return (error as LiftError).message;
  }
  throw new Error('It was read.');
}

describe('parseJson', () => {
  it('reads JSON, also after a byte order mark', () => {
    expect(parseJson('\uFEFF{ "name": "iris" }')).toEqual({ name: 'iris' });
  });

  it.each([
    ['a letter before everything', 'x{ "name": "iris" }', 'line 1, column 1'],
    ['a missing comma', '{\n  "name": "iris"\n  "task": "regression"\n}', 'line 3, column 3: a comma is expected'],
    ['a missing value', '{\r\n  "name": \r\n}', 'line 3, column 1: a value is expected'],
    ['a text that is not closed', '{\n  "name": "iris\n}', 'line 2, column 11: a text is not closed'],
    ['a comma too many', '{\n  "name": "iris",\n}', 'line 3, column 1'],
    ['a comment', '{\n  // mine\n  "name": "iris"\n}', 'line 2, column 3: comments are not allowed'],
    ['a document that is cut off', '{\n  "name": "iris"', 'line 2, column 17: a closing brace is expected'],
    ['an empty document', '', 'line 1, column 1: a value is expected'],
  ])('names the place of %s', (_, text, expected) => {
    expect(messageOf(text)).toContain(expected);
  });
});
