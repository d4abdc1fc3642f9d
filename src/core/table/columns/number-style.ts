import { canonicalNumber, plainStyle } from './parse-number';
import type { NumberStyle } from './parse-number';

const currency = /^[+\-\u2212]?([$€£¥₩₹])/;
const trailingSign = /([%€£₩])$/;

/** What a column's distinct texts are when read as numbers. */
export interface NumberReading {
  readonly style: NumberStyle;
  /** The canonical form of each text that writes a number. */
  readonly canonical: ReadonlyMap<string, string>;
}

/**
 * The style under which most of the texts are numbers. When all readings agree ("12"), the plain one; texts such as
 * "1,234" are thousands unless one of them cannot be ("3,14"), or the file separates its cells with semicolons, as programs
 * do where the comma marks decimals.
 */
export function readAsNumbers(texts: readonly string[], delimiter: string): NumberReading {
  const affixes = commonAffixes(texts);
  let best: NumberReading = { style: plainStyle, canonical: new Map() };
  for (const marks of candidateMarks(delimiter)) {
    const style = { ...marks, ...affixes };
    const canonical = new Map<string, string>();
    for (const text of texts) {
      const number = canonicalNumber(text, style);
      if (number !== undefined) canonical.set(text, number);
    }
    if (canonical.size > best.canonical.size) best = { style, canonical };
    if (canonical.size === texts.length) break;
  }
  return best;
}

type Marks = Pick<NumberStyle, 'decimal' | 'group'>;

function candidateMarks(delimiter: string): Marks[] {
  const decimalComma: Marks = { decimal: ',', group: '' };
  return [
    { decimal: '.', group: '' },
    ...(delimiter === ';' ? [decimalComma] : []),
    { decimal: '.', group: ',' },
    decimalComma,
    { decimal: ',', group: '.' },
    { decimal: '.', group: ' ' },
    { decimal: ',', group: ' ' },
    { decimal: '.', group: "'" },
    { decimal: ',', group: "'" },
  ];
}

/** The currency or percent sign that all texts with a digit carry; none when they differ. */
function commonAffixes(texts: readonly string[]): Pick<NumberStyle, 'prefix' | 'suffix'> {
  const numbers = texts.filter((text) => /\d/.test(text));
  const prefix = common(numbers, currency);
  return { prefix, suffix: prefix === '' ? common(numbers, trailingSign) : '' };
}

function common(texts: readonly string[], pattern: RegExp): string {
  const first = texts.length > 0 ? (pattern.exec(texts[0]!)?.[1] ?? '') : '';
  return first !== '' && texts.every((text) => pattern.exec(text)?.[1] === first) ? first : '';
}
