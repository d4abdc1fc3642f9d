import { phrase } from '../foundation/phrase';
import type { Phrase } from '../foundation/phrase';
import { escaped } from './html';
import type { ReportLanguage } from './report-language';
import { linearScale, tickText } from './scale';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Radius in pixels; 3 when left out. */
  readonly size?: number;
  readonly title?: Phrase;
  /** The first colour of LIFT's own when left out. */
  readonly colour?: string;
}

const [width, height] = [760, 420];
const edge = { left: 50, right: 16, top: 34, bottom: 52 };

/** Dots over two numeric axes as SVG, with the line of equal values where that means something. */
export function scatterChart(
  points: readonly ScatterPoint[],
  { x, y, diagonal = false }: { readonly x: Phrase; readonly y: Phrase; readonly diagonal?: boolean },
  language: ReportLanguage,
): string {
  if (points.length === 0) return '';
  const range = (values: number[]): number[] => (diagonal ? [...values, 0, 1] : values);
  const across = linearScale(range(points.map((point) => point.x)), edge.left, width - edge.right);
  const up = linearScale(range(points.map((point) => point.y)), height - edge.bottom, edge.top);
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
  const line = diagonal
    ? `<line class="grid" x1="${across.place(0)}" y1="${up.place(0)}" x2="${across.place(1)}" y2="${up.place(1)}" stroke-dasharray="5 4"/>`
    : '';
  const dots = points.map(
    ({ x: left, y: top, size = 3, title, colour = 'var(--own-1)' }) =>
      `<circle cx="${across.place(left).toFixed(1)}" cy="${up.place(top).toFixed(1)}" r="${Math.min(14, Math.max(2.5, size)).toFixed(1)}" fill="${colour}" fill-opacity="0.7"><title>${title ? escaped(language.say(title)) : ''}</title></circle>`,
  );
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(language.say(phrase`${y} by ${x}`))}">${grid.join('')}${below.join('')}${line}${dots.join('')}` +
    `<text class="label" x="${(edge.left + width - edge.right) / 2}" y="${height - 10}" text-anchor="middle">${escaped(language.say(x))}</text>` +
    `<text class="label" x="8" y="14">${escaped(language.say(y))}</text></svg>`
  );
}
