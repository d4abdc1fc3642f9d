/** How the numbers of a column are written. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  /** What stands between groups of three digits: '' for nothing; ' ' stands for every kind of space. */
  readonly group: '' | ',' | '.' | ' ' | "'";
  /** A currency or percent sign that every number of the column carries. */
  readonly prefix: string;
  readonly suffix: string;
}

/** A point for decimals, and commas, if any, between groups of three digits: "1,234.5". */
export const plainStyle: NumberStyle = { decimal: '.', group: ',', prefix: '', suffix: '' };

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const groupMarks = { ',': ',', '.': '\\.', ' ': '[ \\u00a0\\u2009\\u202f]', "'": "['’]" } as const;

/**
 * The number that a text writes: "-3.5", "1,234.5", "1e-3"; undefined when it writes none. Infinity and NaN are none.
 * @param style that of the column in the file; the cells of a `Table` are in plain style already.
 */
export function parseNumber(text: string, style: NumberStyle = plainStyle): number | undefined {
  const canonical = canonicalNumber(text, style);
  if (canonical === undefined) return undefined;
  const value = Number(canonical);
  return Number.isFinite(value) ? value : undefined;
}

/** The same number with a decimal point, without thousands separators, affixes or a Unicode minus; undefined for none. */
export function canonicalNumber(text: string, style: NumberStyle): string | undefined {
  const { decimal, group, prefix, suffix } = style;
  if (decimal === '.' && prefix === '' && suffix === '' && plainNumber.test(text)) return text;
  let digits = withoutAffixes(text, prefix, suffix);
  if (group !== '' && groupedPattern(style).test(digits)) digits = digits.replace(groupPattern(group), '');
  if (decimal === ',') {
    if (digits.includes('.')) return undefined;
    digits = digits.replace(',', '.');
  }
  return plainNumber.test(digits) ? digits : undefined;
}

/** The digits of "-$ 5" or "5 %" with their sign; a text without the affixes stays as it is. */
function withoutAffixes(text: string, prefix: string, suffix: string): string {
  const sign = /^[+\-\u2212]/.exec(text)?.[0] ?? '';
  let digits = text.slice(sign.length);
  if (prefix !== '' && digits.startsWith(prefix)) digits = digits.slice(prefix.length).trimStart();
  if (suffix !== '' && digits.endsWith(suffix)) digits = digits.slice(0, -suffix.length).trimEnd();
  return (sign === '\u2212' ? '-' : sign) + digits;
}

const patterns = new Map<string, RegExp>();

function groupedPattern({ decimal, group }: NumberStyle): RegExp {
  const mark = group === '' ? '' : groupMarks[group];
  return cachedPattern(`^[+-]?[1-9]\\d{0,2}(?:${mark}\\d{3})+(?:\\${decimal}\\d*)?$`);
}

function groupPattern(group: keyof typeof groupMarks): RegExp {
  return cachedPattern(groupMarks[group]);
}

function cachedPattern(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) patterns.set(source, (pattern = new RegExp(source, source.startsWith('^') ? '' : 'g')));
  return pattern;
}
