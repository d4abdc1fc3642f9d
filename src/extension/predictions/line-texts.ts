import { l10n } from 'vscode';
import type { SplitPart } from '../../core/run/folder/predictions-file';
import type { PredictionSet } from './prediction-set';

/** What stands at the end of a row's line: `✓ setosa 97.3 %`, `✗ 16.2 (truth 44.3)`. */
export function lineText(set: PredictionSet, place: number): string {
  const { text, verdict, confidence, fallback } = set.facts(place);
  const mark = { right: '✓ ', wrong: '✗ ', unknown: '' }[verdict];
  const shown = set.task === 'regression' ? short(Number(text)) : text || l10n.t('unreadable');
  const sure = confidence === undefined ? '' : ` ${(100 * confidence).toFixed(0)} %`;
  const truth = set.truth(place);
  const correction = verdict === 'wrong' && truth !== undefined ? l10n.t(', truth {0}', truth) : '';
  return `${mark}${shown}${sure}${correction}${fallback === '' ? '' : ` (${fallback})`}`;
}

/** One fact a line: a name and a value, for a hover. */
export function lineFacts(set: PredictionSet, place: number): (readonly [string, string])[] {
  const { text, lower, upper, error, fallback } = set.facts(place);
  const facts: (readonly [string, string])[] = [
    [l10n.t('Prediction'), text || l10n.t('unreadable')],
    [l10n.t('Truth'), set.truth(place) ?? l10n.t('not known')],
    [l10n.t('Part'), partName(set.part(place))],
  ];
  if (lower !== undefined && upper !== undefined) {
    facts.push([l10n.t('Interval'), `${short(lower)} … ${short(upper)}`]);
  }
  if (error !== undefined) facts.push([l10n.t('Error'), short(error)]);
  if (fallback !== '') facts.push([l10n.t('Fallback'), fallback]);
  return facts;
}

function partName(part: SplitPart): string {
  switch (part) {
    case 'train':
      return l10n.t('training');
    case 'validation':
      return l10n.t('validation');
    case 'test':
      return l10n.t('test');
    case 'unlabelled':
      return l10n.t('no answer');
    case 'new':
      return l10n.t('new');
  }
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
