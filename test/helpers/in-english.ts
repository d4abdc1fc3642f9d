import { english } from '../../src/core/foundation/phrase';
import type { Phrase } from '../../src/core/foundation/phrase';

/** Data with every phrase in it told in English. */
export function inEnglish(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inEnglish);
  if (isPhrase(value)) return english(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inEnglish(part)]));
}

function isPhrase(value: object): value is Phrase {
  return Object.keys(value).join() === 'text,values';
}
