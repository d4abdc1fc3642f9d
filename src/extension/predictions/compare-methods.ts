import { env, l10n } from 'vscode';
import { measureText } from '../../shared/measure-text';
import type { MethodView, MetricsView } from '../../shared/predictions-view';
import type { RankedMeasure } from './measures';
import { nameInSentence } from './method-names';

/** Two standard errors: a smaller difference of two shares on so many rows may be chance. */
const standardErrors = 2;

/**
 * LIFT among the baselines, the best first, and an honest sentence about it. A tie is told as one; a difference of accuracy
 * that so few rows cannot tell from chance is told as such.
 *
 * @param variants of LIFT, which stand in the table and are compared with nothing
 */
export function compareMethods(
  lift: MethodView,
  others: readonly MethodView[],
  measure: RankedMeasure,
  rows: number,
  variants: readonly MethodView[] = [],
): Pick<MetricsView, 'methods' | 'headline' | 'comparison' | 'isBehind'> {
  const { key, higherIsBetter } = measure;
  const value = (method: MethodView): number => method.values[key] ?? (higherIsBetter ? -Infinity : Infinity);
  const better = (a: MethodView, b: MethodView): number => (higherIsBetter ? value(b) - value(a) : value(a) - value(b));
  // Sorting is stable: of equal methods LIFT stands first.
  const methods = [lift, ...variants, ...others].sort(better);
  const best = [...others].sort(better)[0];
  const own = measureText(measure, value(lift));
  const isBehind = best !== undefined && better(lift, best) > 0;
  return { methods, headline: headlineOf(measure, own, rows), comparison: compared(), isBehind };

  function compared(): string {
    if (!best) return '';
    const other = measureText(measure, value(best));
    const name = nameInSentence(best.label);
    if (own === other) return l10n.t('LIFT is level with {0} here: both have {1}.', name, named(measure, own));
    const difference = l10n.t('{0} against {1}', named(measure, own), other);
    const told = isBehind
      ? l10n.t('LIFT is behind {0} here: {1}.', name, difference)
      : l10n.t(
          'LIFT is ahead of all {0} baselines here; the best of them is {1}: {2}.',
          others.length,
          name,
          difference,
        );
    if (!mayBeChance(measure, value(lift), value(best), rows)) return told;
    return `${told} ${l10n.t('On {0} such a difference may be chance.', counted(rows))}`;
  }
}

function headlineOf(measure: RankedMeasure, own: string, rows: number): string {
  return measure.key === 'accuracy'
    ? l10n.t('{0} of {1} right', own, counted(rows))
    : l10n.t('{0} {1} on {2}', measure.label, own, counted(rows));
}

function named({ key, label }: RankedMeasure, text: string): string {
  return key === 'accuracy' ? text : `${label} ${text}`;
}

function counted(rows: number): string {
  return rows === 1 ? l10n.t('1 row') : l10n.t('{0} rows', rows.toLocaleString(env.language));
}

/** By the standard error of a share: only accuracies are shares of rows. */
function mayBeChance({ key }: RankedMeasure, own: number, other: number, rows: number): boolean {
  if (key !== 'accuracy') return false;
  const mean = (own + other) / 2;
  return Math.abs(own - other) < standardErrors * Math.sqrt((2 * mean * (1 - mean)) / rows);
}
