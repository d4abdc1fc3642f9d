import type { StudySeries } from '../requests';

/** How a series is drawn: colours near those that colour-blind people tell apart (Okabe and Ito), told by dashes too. */
export interface SeriesStyle {
  readonly colour: string;
  readonly width: number;
  readonly dash: string;
  /** Radius of the mark of a value. */
  readonly mark: number;
}

const own = ['var(--own-1)', 'var(--own-2)', 'var(--own-3)', 'var(--own-4)'];
const others = [1, 2, 3, 4, 5, 6, 7].map((number) => `var(--other-${number})`);
/** A line of LIFT's own that lies on another is dashed and has smaller marks, so that both are seen. */
const ownDashes = ['', '9 7', '3 6', '12 4 3 4'];
const ownMarks = [5, 3.5, 2.5, 2];
/** As many that no two with the same have colours that are near each other. */
const otherDashes = ['6 3', '2 3', '8 3 2 3', '12 4', '5 2 1 2 1 2'];

/** Styles in the order of the series: LIFT's own are thick and stand out. */
export function stylesOf(series: readonly Pick<StudySeries, 'kind'>[]): SeriesStyle[] {
  let [lift, baseline] = [0, 0];
  return series.map(({ kind }) => {
    if (kind === 'lift') {
      const place = lift++ % own.length;
      return { colour: own[place]!, width: 3, dash: ownDashes[place]!, mark: ownMarks[place]! };
    }
    const colour = others[baseline % others.length]!;
    const style = { colour, width: 1.5, dash: otherDashes[baseline % otherDashes.length]!, mark: 2.5 };
    baseline++;
    return style;
  });
}
