/**
 * Decimal notation of numbers, written by rules that any language can repeat: the exact value of the double is rounded,
 * ties go away from zero, and there is no negative zero. (ECMA-262 §21.1.3.3 and §21.1.3.5 round so.)
 */

/** `value` with `decimals` digits (0 to 100) after the point: 2.345 → "2.35"; -0.001 → "0.00". */
export function fixedText(value: number, decimals: number): string {
  return withoutNegativeZero(value.toFixed(decimals));
}

/**
 * `value` with `digits` significant digits (1 to 100), without trailing zeros after the point: 5.149 → "5.15",
 * 1234567 → "1230000", 5 → "5". Exponents appear only beyond 21 digits before, or 12 zeros after, the point.
 */
export function significantText(value: number, digits: number): string {
  const text = value.toPrecision(digits);
  const [mantissa, exponentText] = text.split('e') as [string, string | undefined];
  const plain = exponentText === undefined ? mantissa : shiftPoint(mantissa, Number(exponentText));
  if (plain === undefined) return `${trimZeros(mantissa)}e${Number(exponentText)}`;
  return withoutNegativeZero(trimZeros(plain));
}

/** The shortest text that reads back as the same double, in plain notation where that stays short. */
export function shortestText(value: number): string {
  const [mantissa, exponentText] = String(value).split('e') as [string, string | undefined];
  if (exponentText === undefined) return withoutNegativeZero(mantissa);
  return shiftPoint(mantissa, Number(exponentText)) ?? `${mantissa}e${Number(exponentText)}`;
}

/** Moves the decimal point of "-1.23" by `exponent` places; undefined when that would need too many zeros. */
function shiftPoint(mantissa: string, exponent: number): string | undefined {
  if (exponent > 20 || exponent < -12) return undefined;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole, fraction = ''] = mantissa.slice(sign.length).split('.') as [string, string | undefined];
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
  const digits = whole + fraction.padEnd(exponent, '0');
  const point = whole.length + exponent;
  return sign + digits.slice(0, point) + (point < digits.length ? `.${digits.slice(point)}` : '');
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function withoutNegativeZero(text: string): string {
  return text.startsWith('-') && !/[1-9]/.test(text) ? text.slice(1) : text;
}
