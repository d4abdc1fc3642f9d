import { contextualUnits, isUnitExpression, plainUnits } from './unit-words';

/** What a prompt calls a column, and the unit that its name told. */
export interface SpokenName {
  readonly name: string;
  readonly unit: string;
}

/**
 * Words for a column name: `sepal_length` → "sepal length"; `petalWidth` → "petal width"; `Sepal.Length (cm)` →
 * "sepal length" in "cm"; `charges_usd` → "charges" in "USD". Short words in capitals stay ("BMI"). A name without letters
 * or digits stays as it is.
 */
export function spokenName(column: string): SpokenName {
  const { rest, unit } = takeBracketedUnit(column);
  const words = splitWords(rest);
  if (words.length === 0) return { name: column.trim(), unit: '' };
  if (unit !== '') return { name: inWords(words), unit };
  const taken = takeUnitWords(words);
  return { name: inWords(taken.words), unit: taken.unit };
}

/** "length (cm)" or "length [cm]": brackets at the end with a unit inside. */
function takeBracketedUnit(column: string): { rest: string; unit: string } {
  const match = /^(.*[\p{L}\p{N}].*?)[\s_.]*[([{]\s*(?:in\s+)?([^()[\]{}]+?)\s*[)\]}]\s*$/su.exec(column);
  if (match === null) return { rest: column, unit: '' };
  const [, rest = '', inside = ''] = match;
  const known = plainUnits[inside.toLowerCase()];
  if (known !== undefined) return { rest, unit: known };
  return isUnitExpression(inside) ? { rest, unit: inside } : { rest: column, unit: '' };
}

function splitWords(text: string): string[] {
  return text
    .replace(/(?<=\p{Ll}{2}|\p{N})(?=\p{Lu}\p{Ll})|(?<=\p{Ll}{2})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .replace(/(?<=[\p{L}\p{N}])[.-](?=[\p{L}\p{N}])/gu, (mark, offset: number, whole: string) =>
      /\p{N}/u.test(whole[offset - 1]!) && /\p{N}/u.test(whole[offset + 1]!) ? mark : ' ',
    )
    .split(/[\s_]+|[.:;,-]+(?=\s|_|$)/u)
    .filter((word) => /[\p{L}\p{N}%$€£]/u.test(word));
}

/** Takes a unit from the last one or two words, and an "in" before it; at least one word stays. */
function takeUnitWords(words: readonly string[]): { words: readonly string[]; unit: string } {
  for (const count of [2, 1]) {
    if (words.length <= count) continue;
    const head = words.slice(0, -count);
    const tail = words.slice(-count).join(' ').toLowerCase();
    const saysIn = head.at(-1)!.toLowerCase() === 'in' && head.length > 1;
    const before = saysIn ? head.slice(0, -1) : head;
    const unit = plainUnits[tail] ?? contextualUnit(tail, before, saysIn);
    if (unit !== undefined) return { words: before, unit };
  }
  return { words, unit: '' };
}

/** Words that are units only behind certain nouns: "m" behind "height", "years" behind "age", "in" before it says so too. */
function contextualUnit(tail: string, before: readonly string[], saysIn: boolean): string | undefined {
  const entry = contextualUnits[tail];
  if (entry === undefined) return undefined;
  return saysIn || entry.behind.has(before.at(-1)!.toLowerCase()) ? entry.unit : undefined;
}

function inWords(words: readonly string[]): string {
  const shouted = words.length > 1 && words.every((word) => word === word.toUpperCase());
  return words
    .map((word) => {
      const isShortCapitals = word.length <= 4 && /\p{Lu}/u.test(word) && word === word.toUpperCase();
      const isMixed = /^\p{Ll}\p{Lu}$/u.test(word);
      return (isShortCapitals && !shouted && word.length > 1) || isMixed ? word : word.toLowerCase();
    })
    .join(' ');
}
