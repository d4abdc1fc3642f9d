import type { PredictionSet } from './prediction-set';

/** What stands at the end of a row's line: `✓ setosa 97.3 %`, `✗ 16.2 (truth 44.3)`. */
export function lineText(set: PredictionSet, place: number): string {
  const { text, verdict, confidence, fallback } = set.facts(place);
  const mark = { right: '✓ ', wrong: '✗ ', unknown: '' }[verdict];
  const shown = set.task === 'regression' ? short(Number(text)) : text || 'unreadable';
  const sure = confidence === undefined ? '' : ` ${(100 * confidence).toFixed(0)} %`;
  const truth = set.truth(place);
  const correction = verdict === 'wrong' && truth !== undefined ? `, truth ${truth}` : '';
  return `${mark}${shown}${sure}${correction}${fallback === '' ? '' : ` (${fallback})`}`;
}

/** One fact a line: a name and a value, for a hover. */
export function lineFacts(set: PredictionSet, place: number): (readonly [string, string])[] {
  const { text, lower, upper, error, fallback } = set.facts(place);
  const facts: (readonly [string, string])[] = [
    ['Prediction', text || 'unreadable'],
    ['Truth', set.truth(place) ?? 'not known'],
    ['Part', set.part(place)],
  ];
  if (lower !== undefined && upper !== undefined) {
    facts.push(['Interval', `${short(lower)} … ${short(upper)}`]);
  }
  if (error !== undefined) facts.push(['Error', short(error)]);
  if (fallback !== '') facts.push(['Fallback', fallback]);
  return facts;
}

const listedClasses = 5;

/** The most probable classes with their probabilities. */
export function likelyClasses(set: PredictionSet, place: number): (readonly [label: string, probability: number])[] {
  if (!set.hasProbabilities(place)) return [];
  const probabilities = set.probabilities(place);
  return set.classes
    .map((label, index) => [label, probabilities[index]!] as const)
    .sort(([, a], [, b]) => b - a)
    .slice(0, listedClasses);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
