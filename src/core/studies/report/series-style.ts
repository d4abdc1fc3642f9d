import type { StudySeries } from '../requests';

/** How a series is drawn: colours near those that colour-blind people tell apart (Okabe and Ito), told by dashes too. */
export interface SeriesStyle {
  readonly colour: string;
  readonly width: number;
  readonly dash: string;
}

const own = ['var(--own-1)', 'var(--own-2)', 'var(--own-3)', 'var(--own-4)'];
const others = [1, 2, 3, 4, 5, 6, 7].map((number) => `var(--other-${number})`);
const dashes = ['', '6 3', '2 3', '8 3 2 3'];

/** Styles in the order of the series: LIFT's own are thick and stand out. */
export function stylesOf(series: readonly Pick<StudySeries, 'kind'>[]): SeriesStyle[] {
  let [lift, baseline] = [0, 0];
  return series.map(({ kind }) => {
    if (kind === 'lift') return { colour: own[lift % own.length]!, width: 3, dash: dashes[lift++ >> 2] ?? '' };
    const style = { colour: others[baseline % others.length]!, width: 1.5, dash: dashes[1 + (baseline % 3)]! };
    baseline++;
    return style;
  });
}
