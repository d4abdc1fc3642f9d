import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordScanner } from '../../../../src/core/table/csv/record-scanner';

interface Found {
  readonly text: string;
  readonly line: number;
}

function scan(
  text: string,
  options: { delimiter?: string; quote?: string; keepBlankLines?: boolean; cuts?: number[] } = {},
): Found[] {
  const { delimiter = ',', quote = '"', keepBlankLines = false, cuts = [] } = options;
  const bytes = Buffer.from(text, 'latin1');
  const found: Found[] = [];
  const sink = (start: number, end: number, line: number): void => {
    found.push({ text: text.slice(start, end), line });
  };
  const quoteUnit = quote === '' ? -1 : quote.charCodeAt(0);
  const scanner = new RecordScanner(delimiter.charCodeAt(0), quoteUnit, keepBlankLines, { offset: 0, line: 1 });
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    scanner.scan(bytes.subarray(from, cut), sink);
    from = cut;
  }
  scanner.finish(sink);
  return found;
}

describe('RecordScanner', () => {
  it('ends records at LF, CR LF and CR, and does not need one at the end', () => {
    expect(scan('a,b\n1,2\r\n3,4\r5,6')).toEqual([
      { text: 'a,b', line: 1 },
      { text: '1,2', line: 2 },
      { text: '3,4', line: 3 },
      { text: '5,6', line: 4 },
    ]);
  });

  it('keeps line ends and delimiters inside quotes, and counts their lines', () => {
    expect(scan('a,"x\ny\r\nz, ""q"""\n1,2\n')).toEqual([
      { text: 'a,"x\ny\r\nz, ""q"""', line: 1 },
      { text: '1,2', line: 4 },
    ]);
  });

  it('opens a quote only at the start of a cell, after blanks', () => {
    expect(scan('5" pipe,"a\nb"\n  "c\nd" ,e\n').map(({ text }) => text)).toEqual(['5" pipe,"a\nb"', '  "c\nd" ,e']);
  });

  it('skips lines without a visible character, unless they are values of a single column', () => {
    expect(scan('a\n\n \t\nb\n').map(({ line }) => line)).toEqual([1, 4]);
    expect(scan('a\n\nb\n', { keepBlankLines: true }).map(({ text }) => text)).toEqual(['a', '', 'b']);
  });

  it('takes a line of tabs for a record when tabs are the delimiter', () => {
    expect(scan('a\tb\n\t\n', { delimiter: '\t' })).toHaveLength(2);
  });

  it('names the line of a quote that is never closed', () => {
    expect(() => scan('a,b\n1,"x\ny\n2,z\n')).toThrow('The quote opened on line 2 is never closed.');
  });

  it('suspects an unclosed quote when text follows the closing one lines later', () => {
    expect(() => scan('a,"x\n1,"y"\n')).toThrow(/quote opened on line 1 .* on line 2/);
    expect(scan('a,"x" y\n1,2\n')).toHaveLength(2);
  });

  it('reads nothing as quoted without a quote', () => {
    expect(scan('a,"b\nc,d\n', { quote: '' })).toHaveLength(2);
  });

  it('finds the same records however the text is cut into pieces', () => {
    const characters = fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '\t', "'");
    fc.assert(
      fc.property(
        fc.string({ unit: characters, maxLength: 60 }),
        fc.array(fc.nat(), { maxLength: 5 }),
        (text, cuts) => {
          const outcome = (run: () => Found[]): Found[] | string => {
            try {
              return run();
            } catch (error) {
              return (error as Error).message;
            }
          };
          expect(outcome(() => scan(text, { cuts }))).toEqual(outcome(() => scan(text)));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
