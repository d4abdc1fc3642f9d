/** Texts that mean "no value" in every column: what pandas, R, SQL, Excel and the UCI tables write. Compared without case. */
const always = new Set(
  [
    '',
    'na',
    'n/a',
    '#n/a',
    '#n/a n/a',
    '#na',
    '<na>',
    'nan',
    '-nan',
    '+nan',
    '1.#qnan',
    '-1.#ind',
    'null',
    '<null>',
    '\\n',
    '?',
  ].concat(['#value!', '#div/0!', '#ref!', '#name?', '#num!', '#null!']),
);

/** Texts that mean "no value" only where they cannot be one: among numbers and dates. */
const amongNumbers = new Set([
  'none',
  'nil',
  '-',
  '--',
  '---',
  '.',
  '..',
  '...',
  '…',
  '*',
  'missing',
  'unknown',
  'n.a.',
  'nd',
]);

/** Whether the text means "no value" in every column. */
export function isMissingToken(text: string): boolean {
  return text.length <= 8 && always.has(text.toLowerCase());
}

/** Whether the text means "no value" in a column of numbers or dates; among words, "none" or "-" is a value like others. */
export function isMissingAmongNumbers(text: string): boolean {
  return text.length <= 8 && amongNumbers.has(text.toLowerCase());
}

/** Whether "NA" is a code like the others (North America, Namibia) and not a missing value: all others are two letters too. */
export function isCodeAmongCodes(text: string, others: Iterable<string>): boolean {
  if (text.toLowerCase() !== 'na') return false;
  let codes = 0;
  for (const other of others) {
    if (isMissingToken(other)) continue;
    if (!/^[a-z]{2}$/i.test(other)) return false;
    codes++;
  }
  return codes >= 3;
}
