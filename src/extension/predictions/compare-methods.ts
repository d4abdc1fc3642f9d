import { measureText } from '../../shared/measure-text';
import type { MethodView, MetricsView } from '../../shared/predictions-view';
import type { RankedMeasure } from './measures';

/** Two standard errors: a smaller difference of two shares on so many rows may be chance. */
const standardErrors = 2;

/**
 * LIFT among the baselines, the best first, and an honest sentence about it. A tie is told as one; a difference of accuracy
 * that so few rows cannot tell from chance is told as such.
 */
export function compareMethods(
  lift: MethodView,
  others: readonly MethodView[],
  measure: RankedMeasure,
  rows: number,
): Pick<MetricsView, 'methods' | 'headline' | 'comparison' | 'isBehind'> {
  const { key, higherIsBetter } = measure;
  const value = (method: MethodView): number => method.values[key] ?? (higherIsBetter ? -Infinity : Infinity);
  const better = (a: MethodView, b: MethodView): number => (higherIsBetter ? value(b) - value(a) : value(a) - value(b));
  // Sorting is stable: of equal methods LIFT stands first.
  const methods = [lift, ...others].sort(better);
  const best = methods.find(({ isLift }) => !isLift);
  const own = measureText(measure, value(lift));
  const isBehind = best !== undefined && better(lift, best) > 0;
  return { methods, headline: headlineOf(measure, own, rows), comparison: compared(), isBehind };

  function compared(): string {
    if (!best) return '';
    const other = measureText(measure, value(best));
    const name = inSentence(best.label);
    if (own === other) return `LIFT is level with ${name} here: both have ${named(measure, own)}.`;
    const difference = `${named(measure, own)} against ${other}`;
    const doubt = mayBeChance(measure, value(lift), value(best), rows)
      ? ` On ${counted(rows)} such a difference may be chance.`
      : '';
    return isBehind
      ? `LIFT is behind ${name} here: ${difference}.${doubt}`
      : `LIFT is ahead of all ${others.length} baselines here; the best of them is ${name}: ${difference}.${doubt}`;
  }
}

function headlineOf(measure: RankedMeasure, own: string, rows: number): string {
  return measure.key === 'accuracy'
    ? `${own} of ${counted(rows)} right`
    : `${measure.label} ${own} on ${counted(rows)}`;
}

function named({ key, label }: RankedMeasure, text: string): string {
  return key === 'accuracy' ? text : `${label} ${text}`;
}

function counted(rows: number): string {
  return `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
}

/** "Random forest" → "the random forest"; abbreviations keep their capitals. */
function inSentence(label: string): string {
  const name = label[0]!.toLowerCase() + label.slice(1);
  return /regression|boosting|neighbours/u.test(name) ? name : `the ${name}`;
}

/** By the standard error of a share: only accuracies are shares of rows. */
function mayBeChance({ key }: RankedMeasure, own: number, other: number, rows: number): boolean {
  if (key !== 'accuracy') return false;
  const mean = (own + other) / 2;
  return Math.abs(own - other) < standardErrors * Math.sqrt((2 * mean * (1 - mean)) / rows);
}
