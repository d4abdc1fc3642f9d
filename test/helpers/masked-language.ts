import { readFileSync } from 'node:fs';
import type { Wording } from '../../src/core/report/report-language';

/** A language whose texts have no letters: what can still be read in it was said in English, or is a value. */
export function maskedWording(): Wording {
  const texts = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
  const masked = Object.keys(texts).map((text) => [text, text.replaceAll(/\p{L}/gu, '×')] as const);
  return { language: 'de', texts: Object.fromEntries(masked) };
}

/** The words that can be read in a report, or are read aloud, besides those of the values in it. */
export function readableWords(html: string, values: readonly string[]): string[] {
  const body = html.slice(html.indexOf('<title>')).replace(/<style>[^]*<\/style>/u, '');
  const spoken = [...body.matchAll(/aria-label="([^"]*)"/gu)].map(([, label]) => label!);
  const text = [body.replaceAll(/<[^>]*>/gu, ' '), ...spoken].join(' ').replaceAll(/&#?\w+;/gu, ' ');
  // The longest first, as one value may stand in another.
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((left, value) => left.replaceAll(value, ' '), text);
  return [...new Set(rest.match(/\p{L}{2,}/gu) ?? [])];
}

/** What stands in every report of a study whatever its language: names of files, the article, units of time. */
export const namesInReports = [
  'results.csv',
  'results.json',
  'recipe.lift.json',
  'Dinh et al., LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks, NeurIPS 2022, arXiv:2206.06565',
  ' min',
];
