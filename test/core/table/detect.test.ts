import { describe, expect, it } from 'vitest';
import { detectDelimiter } from '../../../src/core/table/csv/detect-delimiter';
import { detectHeader } from '../../../src/core/table/csv/detect-header';

const splitLines = (text: string) => (delimiter: string) => text.split('\n').map((line) => line.split(delimiter));

describe('detectDelimiter', () => {
  it.each([
    ['a,b\n1,2', ','],
    ['a;b;c\n1,5;2,3;4,1\n2,5;1,3;0,5', ';'],
    ['1,5;2,3\n2,5;1,3', ';'],
    ['a\tb\n1,5\t2', '\t'],
    ['a|b\nx, y|z', '|'],
    ['a,b,c\n1;2;3\n4;5;6\n7;8;9', ';'],
    ['name,note\nA,x; y\nB,z\nC,v; w', ','],
  ])('explains %j by %j', (text, delimiter) => {
    expect(detectDelimiter(splitLines(text), 'x.csv')).toBe(delimiter);
  });

  it('leaves sentences with some commas in one column', () => {
    const text = 'review\nGood, really\nBad\nFine, but late\nNo';
    expect(
      splitLines(text)(detectDelimiter(splitLines(text), 'x.csv')).filter(({ length }) => length > 1),
    ).toHaveLength(2);
    expect(detectDelimiter(splitLines('text\na; b\nc\nd\ne'), 'x.csv')).toBe(',');
  });

  it('believes the name of a .tsv file when nothing contradicts it', () => {
    expect(detectDelimiter(splitLines('a\n1'), 'x.tsv')).toBe('\t');
    expect(detectDelimiter(splitLines('a,b\n1,2'), 'x.tsv')).toBe(',');
  });
});

describe('detectHeader', () => {
  it('sees names above numbers and above repeating words', () => {
    expect(
      detectHeader([
        ['age', 'city'],
        ['31', 'Oslo'],
        ['28', 'Lima'],
      ]),
    ).toBe(true);
    expect(detectHeader([['answer'], ['yes'], ['no'], ['no'], ['yes']])).toBe(true);
    expect(
      detectHeader([
        ['country', '1990', 'gdp'],
        ['Peru', '5', '1.5'],
        ['Chile', '6', '2.5'],
        ['Cuba', '7', '0.5'],
      ]),
    ).toBe(true);
  });

  it('sees values in the first row', () => {
    expect(
      detectHeader([
        ['5.1', 'setosa'],
        ['4.9', 'setosa'],
        ['7.0', 'virginica'],
      ]),
    ).toBe(false);
    expect(
      detectHeader([
        ['yes', 'red'],
        ['no', 'blue'],
        ['yes', 'red'],
      ]),
    ).toBe(false);
    expect(detectHeader([['1', '2']])).toBe(false);
  });

  it('takes the first row for a header when nothing tells', () => {
    expect(
      detectHeader([
        ['a', 'b'],
        ['c', 'd'],
      ]),
    ).toBe(true);
    expect(detectHeader([['a', 'b']])).toBe(true);
    expect(
      detectHeader([
        ['a', 'a'],
        ['c', 'd'],
      ]),
    ).toBe(false);
  });
});
