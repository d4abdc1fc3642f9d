/** How the numbers of a target are written. */
export interface NumberForm {
  readonly negative: boolean;
  /** The most digits before the point. */
  readonly integerDigits: number;
  /** Digits after the point: as many as this, or up to it when `fixedDecimals` is false. */
  readonly decimals: number;
  readonly fixedDecimals: boolean;
}

/** The form that covers all the given texts of numbers ("-3.25"); texts of other kinds (exponents) are left out. */
export function numberFormOf(texts: Iterable<string>): NumberForm {
  let negative = false;
  let integerDigits = 1;
  let most = 0;
  let least = Infinity;
  for (const text of texts) {
    const found = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(text.trim());
    if (found === null) continue;
    negative ||= found[1] === '-';
    integerDigits = Math.max(integerDigits, found[2]!.length);
    const decimals = found[3]?.length ?? 0;
    most = Math.max(most, decimals);
    least = Math.min(least, decimals);
  }
  return { negative, integerDigits, decimals: most, fixedDecimals: most === least };
}

/** What a text is to the grammar: the beginning of an answer, a whole one (with its number), or neither. */
export type Reading =
  { readonly kind: 'beginning' } | { readonly kind: 'whole'; readonly number: string } | { readonly kind: 'no answer' };

/**
 * The grammar of numeric answers: `before`, a sign, digits, a point, digits, and `end`. An answer is whole as soon as
 * the first character of `end` follows its number, as what comes then is certain.
 */
export class NumberGrammar {
  private readonly number: RegExp;

  /** @param end not empty */
  constructor(
    private readonly form: NumberForm,
    private readonly before: string,
    private readonly end: string,
  ) {
    const { negative, integerDigits, decimals, fixedDecimals } = form;
    const fraction = decimals === 0 ? '' : `\\.\\d{${fixedDecimals ? decimals : 1},${decimals}}`;
    this.number = new RegExp(
      `^${negative ? '-?' : ''}\\d{1,${integerDigits}}${fixedDecimals ? fraction : `(?:${fraction})?`}$`,
      'u',
    );
  }

  /** The most characters that an answer has up to the first of `end`. */
  get longest(): number {
    const { negative, integerDigits, decimals } = this.form;
    return this.before.length + (negative ? 1 : 0) + integerDigits + (decimals > 0 ? 1 + decimals : 0) + 1;
  }

  /** Whether a token's text has only characters that answers have. */
  mayHold(text: string): boolean {
    return Array.from(text).every(
      (character) => /[-\d.]/u.test(character) || (this.before + this.end).includes(character),
    );
  }

  read(text: string): Reading {
    if (text.length <= this.before.length) {
      return { kind: this.before.startsWith(text) ? 'beginning' : 'no answer' };
    }
    if (!text.startsWith(this.before)) return { kind: 'no answer' };
    const rest = text.slice(this.before.length);
    const [number] = /^[-\d.]*/u.exec(rest)!;
    const tail = rest.slice(number.length);
    if (tail === '') return { kind: this.begins(number) ? 'beginning' : 'no answer' };
    const ended = this.end.startsWith(tail) || tail.startsWith(this.end);
    return ended && this.number.test(number) ? { kind: 'whole', number } : { kind: 'no answer' };
  }

  /** Whether a number of this form can begin so. */
  private begins(text: string): boolean {
    const { negative, integerDigits, decimals } = this.form;
    const found = /^(-?)(\d*)(\.?)(\d*)$/u.exec(text);
    if (found === null) return false;
    const [, sign, integer, point, fraction] = found as unknown as [string, string, string, string, string];
    if (sign !== '' && !negative) return false;
    if (integer.length > integerDigits || fraction.length > decimals) return false;
    return point === '' || (integer !== '' && decimals > 0);
  }
}
