import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import type { StudySeries } from '../requests';
import { escaped } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import { linearScale, logScale, tickText } from '../../report/scale';
import { wideChart } from '../../report/wide-chart';
import { methodLabel } from './method-label';
import { stylesOf } from './series-style';
import type { SeriesStyle } from './series-style';

export interface ChartAxes {
  readonly x: { readonly label: Phrase; readonly scale: 'linear' | 'log' };
  readonly y: Phrase;
}

const [width, height] = [760, 400];
const edge = { left: 50, right: 28, top: 34, bottom: 52 };

/** Lines over a numeric axis as SVG: means, with bars of one standard deviation over seeds. */
export function lineChart(series: readonly StudySeries[], { x, y }: ChartAxes, language: ReportLanguage): string {
  const points = series.flatMap((one) => one.points.map((point) => ({ ...point, x: Number(point.x) })));
  if (points.length === 0) return '';
  const xs = points.map((point) => point.x);
  const makeX = x.scale === 'log' ? logScale : linearScale;
  const across = makeX(xs, edge.left, width - edge.right);
  const up = linearScale(
    points.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation]),
    height - edge.bottom,
    edge.top,
  );
  const styles = stylesOf(series);
  const grid = up.ticks.map((tick) => {
    const place = up.place(tick).toFixed(1);
    return (
      `<line class="grid" x1="${edge.left}" x2="${width - edge.right}" y1="${place}" y2="${place}"/>` +
      `<text class="tick" x="${edge.left - 8}" y="${place}" text-anchor="end" dy="0.35em">${tickText(tick, language)}</text>`
    );
  });
  const below = across.ticks.map(
    (tick) =>
      `<text class="tick" x="${across.place(tick).toFixed(1)}" y="${height - edge.bottom + 20}" text-anchor="middle">${tickText(tick, language)}</text>`,
  );
  const linesOf = (wanted: StudySeries['kind']): string[] =>
    series.flatMap((one, index) =>
      one.kind === wanted ? lineOf(one, styles[index]!, across.place, up.place, language) : [],
    );
  // LIFT's own lie above the others, each above the one before: see its style.
  const lines = [...linesOf('baseline'), ...linesOf('lift')];
  return wideChart(
    { width, height, label: language.say(phrase`${y} by ${x.label}`) },
    `${grid.join('')}${below.join('')}` +
      `<text class="label" x="${(edge.left + width - edge.right) / 2}" y="${height - 10}" text-anchor="middle">${escaped(language.say(x.label))}</text>` +
      `<text class="label" x="8" y="14">${escaped(language.say(y))}</text>` +
      lines.join(''),
  );
}

function lineOf(
  { name, points }: StudySeries,
  { colour, width: thickness, dash, mark }: SeriesStyle,
  across: (value: number) => number,
  up: (value: number) => number,
  language: ReportLanguage,
): string {
  const sorted = [...points].sort((a, b) => Number(a.x) - Number(b.x));
  const places = sorted.map(({ x, mean }) => `${across(Number(x)).toFixed(1)},${up(mean).toFixed(1)}`);
  const line = `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="${thickness}" stroke-dasharray="${dash}"/>`;
  const marks = sorted.map(({ x, mean, deviation, seeds }) => {
    const [left, top] = [across(Number(x)).toFixed(1), up(mean).toFixed(1)];
    const spread = deviation === 0 ? '' : ` ± ${tickText(deviation, language)}`;
    const bar =
      deviation === 0
        ? ''
        : `<line x1="${left}" x2="${left}" y1="${up(mean - deviation).toFixed(1)}" y2="${up(mean + deviation).toFixed(1)}" stroke="${colour}"/>`;
    const [place, value] = [language.written(String(x)), `${tickText(mean, language)}${spread}`];
    const ofSeeds = seeds === 1 ? phrase`1 seed` : phrase`${seeds} seeds`;
    const title = phrase`${methodLabel(name, language)} at ${place}: ${value} (${ofSeeds})`;
    return `${bar}<circle cx="${left}" cy="${top}" r="${mark}" fill="${colour}"><title>${escaped(language.say(title))}</title></circle>`;
  });
  return `<g>${line}${marks.join('')}</g>`;
}

/** What each line is, for under a chart. */
export function legend(
  series: readonly Pick<StudySeries, 'name' | 'kind'>[],
  language: ReportLanguage,
  mark: 'line' | 'dot' = 'line',
): string {
  const styles = stylesOf(series);
  const items = series.map(({ name, kind }, index) => {
    const { colour, width: thickness, dash } = styles[index]!;
    const shape =
      mark === 'line'
        ? `<line x1="0" x2="28" y1="5" y2="5" stroke="${colour}" stroke-width="${thickness}" stroke-dasharray="${dash}"/>`
        : `<circle cx="5" cy="5" r="${kind === 'lift' ? 5 : 3}" fill="${colour}"/>`;
    const swatch = `<svg viewBox="0 0 ${mark === 'line' ? 28 : 10} 10" aria-hidden="true">${shape}</svg>`;
    return `<li class="${kind}">${swatch}${escaped(methodLabel(name, language))}</li>`;
  });
  return `<ul class="legend${mark === 'dot' ? ' dots' : ''}">${items.join('')}</ul>`;
}
