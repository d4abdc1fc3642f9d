import type { StudySeries } from '../requests';
import { ofBaselines } from '../summary';
import type { Phrase } from '../../foundation/phrase';
import { escaped } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import { linearScale, tickText } from '../../report/scale';
import { wideChart } from '../../report/wide-chart';
import { wrappedText } from '../../report/wrapped-text';
import { methodLabel } from './method-label';
import { stylesOf } from './series-style';

const width = 760;
const edge = { right: 24, top: 10, bottom: 48 };
/** What a heading above the categories takes. */
const headed = 22;
/** Of a category: what each of its dots takes, and what is free around them. */
const dotStep = 7;
const gap = 16;
/** Of a letter of a label at its usual width; of one line of a label; of the longest line, in letters. */
const letterWidth = 7.4;
const lineHeight = 15;
const mostLetters = 37;

/** The series in each category; a baseline to which categories mean nothing has a line of its own. */
function linesOf(series: readonly StudySeries[], language: ReportLanguage): StudySeries[] {
  return series.map((one) =>
    one.kind === 'lift'
      ? one
      : {
          ...one,
          points: one.points.map((point) =>
            point.x === ofBaselines ? { ...point, x: methodLabel(one.name, language) } : point,
          ),
        },
  );
}

/**
 * One line of dots for each category as SVG: a dot for each series, with a bar of one standard deviation over seeds.
 * @param heading what all categories are, above them
 */
export function dotChart(
  results: readonly StudySeries[],
  y: Phrase,
  language: ReportLanguage,
  heading?: Phrase,
): string {
  const shared = heading === undefined ? '' : language.say(heading);
  const series = linesOf(results, language);
  const categories = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => String(x))))];
  if (categories.length === 0) return '';
  const names = categories.map((name) => wrappedText(name, mostLetters));
  const left = 24 + letterWidth * Math.max(shared.length, ...names.flat().map((line) => line.length));
  const most = Math.max(
    ...categories.map((name) => series.filter(({ points }) => points.some(({ x }) => String(x) === name)).length),
  );
  const band = Math.max(gap + dotStep * most, 8 + lineHeight * Math.max(...names.map((lines) => lines.length)));
  const start = edge.top + (shared === '' ? 0 : headed);
  const height = start + band * categories.length + edge.bottom;
  const spreads = series.flatMap(({ points }) => points.flatMap((p) => [p.mean - p.deviation, p.mean + p.deviation]));
  const across = linearScale(spreads, left, width - edge.right, 6);
  const bottom = height - edge.bottom;
  const grid = across.ticks.map((tick) => {
    const place = across.place(tick).toFixed(1);
    return (
      `<line class="grid" x1="${place}" x2="${place}" y1="${start}" y2="${bottom}"/>` +
      `<text class="tick" x="${place}" y="${bottom + 18}" text-anchor="middle">${tickText(tick, language)}</text>`
    );
  });
  const styles = stylesOf(series);
  const rows = categories.map((category, row) => {
    const top = start + row * band;
    const here = series.filter(({ points }) => points.some(({ x }) => String(x) === category));
    const first = top + (band - dotStep * here.length) / 2;
    const dots = series.map(({ name, kind, points }, index) => {
      const point = points.find(({ x }) => String(x) === category);
      if (!point) return '';
      const isOwnLine = kind === 'baseline' && category === methodLabel(name, language);
      const colour = isOwnLine ? 'var(--faint)' : styles[index]!.colour;
      const place = (first + dotStep * (here.indexOf(series[index]!) + 0.5)).toFixed(1);
      const [low, high] = [point.mean - point.deviation, point.mean + point.deviation].map((value) =>
        across.place(value).toFixed(1),
      );
      const bar =
        point.deviation === 0
          ? ''
          : `<line x1="${low!}" x2="${high!}" y1="${place}" y2="${place}" stroke="${colour}"/>`;
      const title = `${isOwnLine ? '' : `${methodLabel(name, language)}, `}${category}: ${tickText(point.mean, language)}`;
      const dot = `<circle cx="${across.place(point.mean).toFixed(1)}" cy="${place}" r="${kind === 'lift' ? 5 : 3}" fill="${colour}">`;
      return `${bar}${dot}<title>${escaped(title)}</title></circle>`;
    });
    const line = row === 0 ? '' : `<line class="grid" x1="12" x2="${width - edge.right}" y1="${top}" y2="${top}"/>`;
    const isOwn = here.some(({ kind }) => kind === 'lift');
    const label = names[row]!.map((text, place, { length }) => {
      const middle = (top + band / 2 + lineHeight * (place - (length - 1) / 2)).toFixed(1);
      return `<text class="${isOwn ? 'label' : 'tick'}" x="${left - 12}" y="${middle}" text-anchor="end" dy="0.35em">${escaped(text)}</text>`;
    });
    return line + label.join('') + dots.join('');
  });
  const measure = language.say(y);
  // In the middle below the dots, unless it were cut off at the right.
  const centre = Math.min((left + width - edge.right) / 2, width - 8 - (letterWidth * measure.length) / 2);
  const label = `<text class="label" x="${centre}" y="${height - 10}" text-anchor="middle">${escaped(measure)}</text>`;
  const above = `<text class="tick" x="${left - 12}" y="${edge.top + 8}" text-anchor="end">${escaped(shared)}</text>`;
  return wideChart(
    { width, height, label: measure },
    `${shared === '' ? '' : above}${grid.join('')}${rows.join('')}${label}`,
  );
}
