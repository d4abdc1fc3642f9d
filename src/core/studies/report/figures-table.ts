import type { Phrase } from '../../foundation/phrase';
import { htmlTable } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import type { StudySeries } from '../requests';
import type { StudyAxis } from '../study';
import { methodLabel } from './method-label';

/** The figures of a plot: a line for each method and a column for each place on the axis; a line for each category where they are many. */
export function figuresTable(
  series: readonly StudySeries[],
  { label, scale, concernsBaselines }: StudyAxis,
  valueTitle: Phrase,
  language: ReportLanguage,
): string {
  const figure = (value: number): string => language.fixed(value, 3);
  const text = ({ mean, deviation, seeds }: StudySeries['points'][number]): string =>
    seeds === 1 ? figure(mean) : `${figure(mean)} ± ${figure(deviation)}`;
  if (scale === 'category' && !concernsBaselines) {
    // Categories are long: one line each, then the baselines.
    const lines = series.flatMap(({ name, kind, points }) =>
      points.map((point) => [kind === 'baseline' ? methodLabel(name, language) : `${name}: ${point.x}`, text(point)]),
    );
    return htmlTable([language.say(label), language.say(valueTitle)], lines);
  }
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))];
  const at = ({ points }: StudySeries, x: number | string): string => {
    const point = points.find((candidate) => candidate.x === x);
    return point ? text(point) : '';
  };
  const names = series.map(({ name }) => methodLabel(name, language));
  // The shorter of the two across, so that all is seen without scrolling.
  if (concernsBaselines && xs.length >= series.length) {
    const rows = xs.map((x) => [String(x), ...series.map((one) => at(one, x))]);
    return htmlTable([language.say(label), ...names], rows);
  }
  xs.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
  const rows = series.map((one, place) => [names[place]!, ...xs.map((x) => at(one, x))]);
  return htmlTable([language.say(label), ...xs.map((x) => language.written(String(x)))], rows);
}
