import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberGrammar, numberFormOf } from '../../../src/core/inference/number-grammar';

describe('numberFormOf', () => {
  it('covers all the texts it is given', () => {
    expect(numberFormOf(['12.5', '-3', '100.25'])).toEqual({
      negative: true,
      integerDigits: 3,
      decimals: 2,
      fixedDecimals: false,
    });
    expect(numberFormOf(['1.50', '22.25'])).toMatchObject({ negative: false, decimals: 2, fixedDecimals: true });
    expect(numberFormOf(['7', '12'])).toMatchObject({ integerDigits: 2, decimals: 0, fixedDecimals: true });
  });

  it('leaves out what is no plain number', () => {
    expect(numberFormOf(['1e9', 'many', '5'])).toMatchObject({ integerDigits: 1, decimals: 0 });
  });
});

describe('NumberGrammar', () => {
  const grammar = new NumberGrammar(
    { negative: true, integerDigits: 3, decimals: 2, fixedDecimals: false },
    ' ',
    '@@@',
  );

  it.each([' 1@', ' -12.5@@', ' 123.45@@@', ' 0@@@\nmore'])('reads %j as a whole answer', (text) => {
    expect(grammar.read(text)).toEqual({ kind: 'whole', number: /[-\d.]+/.exec(text)![0] });
  });

  it.each(['', ' ', ' -', ' 12', ' 12.', ' -1.5', ' 123.45'])('reads %j as a beginning', (text) => {
    expect(grammar.read(text)).toEqual({ kind: 'beginning' });
  });

  it.each(['1', '  1', ' 1234', ' 1.234', ' .5', ' --1', ' 1-', ' @', ' 1.@', ' -@', ' x', ' 1 @'])(
    'reads %j as no answer',
    (text) => {
      expect(grammar.read(text)).toEqual({ kind: 'no answer' });
    },
  );

  it('asks for all decimals when they are fixed', () => {
    const fixed = new NumberGrammar({ negative: false, integerDigits: 2, decimals: 2, fixedDecimals: true }, ' ', '@');
    expect(fixed.read(' 1.5@').kind).toBe('no answer');
    expect(fixed.read(' 1@').kind).toBe('no answer');
    expect(fixed.read(' 1.50@')).toEqual({ kind: 'whole', number: '1.50' });
  });

  it('reads every beginning of an answer as a beginning', () => {
    const number = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 999 }), fc.integer({ min: -1, max: 99 }));
    fc.assert(
      fc.property(number, ([negative, whole, fraction]) => {
        const text = ` ${negative ? '-' : ''}${whole}${fraction < 0 ? '' : `.${fraction}`}`;
        for (let end = 0; end <= text.length; end++) expect(grammar.read(text.slice(0, end)).kind).toBe('beginning');
        expect(grammar.read(`${text}@`).kind).toBe('whole');
        expect(text.length + 1).toBeLessThanOrEqual(grammar.longest);
      }),
    );
  });
});
