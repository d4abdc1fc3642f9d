import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOfTexts, sortByKey } from '../../../src/extension/predictions/sort-by-key';

const orderOf = (texts: string[], descending = false): string[] =>
  Array.from(sortByKey(keysOfTexts(texts, ','), descending), (place) => texts[place]!);

describe('sorting by keys', () => {
  it('is a stable sort, up or down, with what is missing last', () => {
    const key = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double(), fc.constant(-0));
    fc.assert(
      fc.property(fc.array(key), fc.boolean(), (keys, descending) => {
        const places = keys.map((_, place) => place);
        const known = places.filter((place) => !Number.isNaN(keys[place]));
        const missing = places.filter((place) => Number.isNaN(keys[place]));
        const sign = descending ? -1 : 1;
        known.sort((a, b) => (keys[a]! < keys[b]! ? -sign : keys[a]! > keys[b]! ? sign : 0));
        expect([...sortByKey(Float64Array.from(keys), descending)]).toEqual([...known, ...missing]);
      }),
    );
  });

  it('puts numbers by their size, however they are written, and what is no number last', () => {
    const texts = ['10', '9', '-2.5', '1e3', '', ...Array.from({ length: 20 }, (_, index) => String(20 + index)), '?'];
    expect(orderOf(texts).slice(0, 4)).toEqual(['-2.5', '9', '10', '20']);
    expect(orderOf(texts).slice(-2)).toEqual(['', '?']);
    expect(orderOf(texts, true).slice(0, 2)).toEqual(['1e3', '39']);
    expect(orderOf(['1.000,5', '2,25', '900'])).toEqual(['2,25', '900', '1.000,5']);
  });

  it('puts words as people do', () => {
    expect(orderOf(['item 10', 'Änderung', 'item 9', 'apple', ''])).toEqual([
      'Änderung',
      'apple',
      'item 9',
      'item 10',
      '',
    ]);
  });
});
