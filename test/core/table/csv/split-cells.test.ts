import { describe, expect, it } from 'vitest';
import { splitCells } from '../../../../src/core/table/csv/split-cells';

function split(...texts: string[]): string[][] {
  return splitCells(
    texts.map((text, index) => ({ text, line: index + 1 })),
    { delimiter: ',', quote: '"' },
  );
}

describe('splitCells', () => {
  it('splits and trims cells, quoted or not', () => {
    expect(split('a, b ,c', '"a, b", " c ",""', ',,')).toEqual([
      ['a', 'b', 'c'],
      ['a, b', 'c', ''],
      ['', '', ''],
    ]);
  });

  it('reads a doubled quote as a quote, and a quote within a cell as text', () => {
    expect(split('"say ""hi""",5" pipe')).toEqual([['say "hi"', '5" pipe']]);
  });

  it('takes a cell as it stands when text follows its closing quote', () => {
    expect(split('"5" pipe,2', '"a","b"')).toEqual([
      ['"5" pipe', '2'],
      ['a', 'b'],
    ]);
  });

  it('names the line of a row whose quotes make no sense', () => {
    expect(() => split('a,b', 'c,"d')).toThrow('The quotes of the row that starts on line 2 cannot be read.');
  });

  it('has an empty cell for an empty record', () => {
    expect(split('')).toEqual([['']]);
  });
});
