import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { amount, english, phrase, tell } from '../../../src/core/foundation/phrase';
import { SaidOfError, SaidSchema } from '../../../src/core/foundation/said-schema';

const german: Record<string, string> = {
  '{0} rows in {1}': 'In {1}: {0} Zeilen',
  'Nothing.': 'Nichts.',
  'the file {0}': 'die Datei {0}',
};
const inGerman = { language: 'de', translate: (text: string) => german[text] ?? text };

describe('a phrase', () => {
  it('keeps its values apart from its words', () => {
    expect(phrase`${3} rows in ${'a.csv'}`).toEqual({ text: '{0} rows in {1}', values: [3, 'a.csv'] });
    expect(english(phrase`${3} rows in ${'a.csv'}`)).toBe('3 rows in a.csv');
  });

  it('is told in another language with its values in that order', () => {
    expect(tell(phrase`${3} rows in ${'a.csv'}`, inGerman)).toBe('In a.csv: 3 Zeilen');
    expect(tell('Nothing.', inGerman)).toBe('Nichts.');
  });

  it('translates the phrases in it', () => {
    const nested = phrase`${3} rows in ${phrase`the file ${'a.csv'}`}`;
    expect(english(nested)).toBe('3 rows in the file a.csv');
    expect(tell(nested, inGerman)).toBe('In die Datei a.csv: 3 Zeilen');
  });

  it('groups amounts as the language does, and no other numbers', () => {
    const counted = phrase`${amount(12345)} rows in ${2026}`;
    expect(english(counted)).toBe('12,345 rows in 2026');
    expect(tell(counted, inGerman)).toBe('In 2026: 12.345 Zeilen');
  });

  it('takes values as they are, also with placeholders in them', () => {
    expect(english(phrase`${'{1}'} and ${'$&'}`)).toBe('{1} and $&');
    expect(english(phrase`{{${'colour'}}} is missing.`)).toBe('{{colour}} is missing.');
  });

  it('stays in English where there is no translation', () => {
    expect(tell(phrase`${1} unheard of`, inGerman)).toBe('1 unheard of');
  });
});

describe('an error', () => {
  const error = new LiftError(
    'csv-invalid',
    phrase`${amount(12345)} rows in ${phrase`the file ${'a.csv'}`}`,
    'Nothing.',
  );

  it('is in English, and can be told in another language', () => {
    expect(error.message).toBe('12,345 rows in the file a.csv');
    expect(tell(error.said.message, inGerman)).toBe('In die Datei a.csv: 12.345 Zeilen');
    expect(tell(error.said.hint, inGerman)).toBe('Nichts.');
  });

  it('survives being sent and written down', () => {
    const sent = JSON.parse(JSON.stringify(error.parts)) as typeof error.parts;
    expect(v.parse(SaidOfError, sent.said)).toEqual(error.said);
    const again = LiftError.of(sent);
    expect(again.parts).toEqual(error.parts);
    expect(tell(again.said.message, inGerman)).toBe('In die Datei a.csv: 12.345 Zeilen');
  });

  it('of before there were phrases is told in English', () => {
    const again = LiftError.of({ code: 'csv-invalid', message: 'Something.', hint: 'Look.' });
    expect([again.message, again.hint]).toEqual(['Something.', 'Look.']);
    expect(tell(again.said.message, inGerman)).toBe('Something.');
  });

  it('of the file system is a phrase too', () => {
    const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT', path: '/a' });
    expect(LiftError.from(missing).said.message).toEqual({ text: '{0} does not exist.', values: ['/a'] });
  });
});

describe('what is read from a file', () => {
  it.each([
    [{ text: 1, values: [] }],
    [{ text: 'a' }],
    [{ text: 'a', values: [null] }],
    [null],
    [{ text: 'a', values: [{ amount: 'b' }] }],
  ])('is refused where it is no phrase: %j', (value) => {
    expect(v.is(SaidSchema, value)).toBe(false);
  });
});
