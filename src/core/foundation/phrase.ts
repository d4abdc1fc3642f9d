/**
 * A text for people with its values kept apart, so that it can be told in another language: `{0}`, `{1}` and so on in `text`
 * stand for them. A value may be such a text itself.
 */
export interface Phrase {
  readonly text: string;
  readonly values: readonly PhraseValue[];
}

export type PhraseValue = string | number | Amount | Phrase;

/** A number that each language groups in its way: 12,345 or 12.345. Other numbers (of lines, ports, versions) stand as they are. */
export interface Amount {
  readonly amount: number;
}

export function amount(count: number): Amount {
  return { amount: count };
}

/** What people are told: a phrase, or a text without values, which is its own phrase. */
export type Said = string | Phrase;

/** Writes a phrase as a template literal: phrase`${path} does not exist.` Its words must stand there as they are. */
export function phrase(words: TemplateStringsArray, ...values: readonly PhraseValue[]): Phrase {
  return { text: words.map((word, index) => (index === 0 ? word : `{${index - 1}}${word}`)).join(''), values };
}

/** Whole sentences one after the other. */
export function sentences(...said: readonly Phrase[]): Phrase {
  return { text: said.map((_, index) => `{${index}}`).join(' '), values: said };
}

/** A phrase in English. */
export function english(said: Said): string {
  return tell(said, { language: 'en-US', translate: (text) => text });
}

export interface Language {
  /** As a tag of BCP 47: how numbers are grouped. */
  readonly language: string;
  /** A text in this language; the text itself where it has no translation. */
  readonly translate: (text: string) => string;
}

/** A phrase in a language. */
export function tell(said: Said, { language, translate }: Language): string {
  const valueText = (value: PhraseValue): string => {
    if (typeof value !== 'object') return String(value);
    return 'amount' in value ? value.amount.toLocaleString(language) : tell(value, { language, translate });
  };
  if (typeof said === 'string') return translate(said);
  const values = said.values.map(valueText);
  return translate(said.text).replace(/\{(\d+)\}/gu, (_, place: string) => values[Number(place)] ?? '');
}
