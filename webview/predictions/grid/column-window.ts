/** Tables of more columns than this draw only those that can be seen. */
const mostDrawn = 60;

/** The columns that are drawn: the pinned ones, and `from` to `to - 1` of the others, with room for those left out. */
export interface ColumnWindow {
  readonly from: number;
  readonly to: number;
  /** Width of the columns left out before `from`. */
  readonly skipped: number;
}

/**
 * @param widths of all columns in pixels
 * @param pinned how many columns at the left stay in view
 * @param viewport width of what can be seen, the pinned columns included
 */
export function columnWindow(
  widths: readonly number[],
  pinned: number,
  scrollLeft: number,
  viewport: number,
): ColumnWindow {
  if (widths.length <= mostDrawn) return { from: pinned, to: widths.length, skipped: 0 };
  const pinnedWidth = sum(widths.slice(0, pinned));
  let from = pinned;
  let skipped = 0;
  while (from < widths.length - 1 && skipped + widths[from]! <= scrollLeft) skipped += widths[from++]!;
  let to = from;
  let drawn = skipped;
  while (to < widths.length && drawn < scrollLeft + viewport - pinnedWidth) drawn += widths[to++]!;
  return { from, to, skipped };
}

/** How far to scroll to the side so that a column can be seen, by moving no farther than needed. */
export function scrollLeftFor(
  widths: readonly number[],
  pinned: number,
  column: number,
  scrollLeft: number,
  viewport: number,
): number {
  if (column < pinned) return scrollLeft;
  const pinnedWidth = sum(widths.slice(0, pinned));
  const left = sum(widths.slice(pinned, column));
  const right = left + widths[column]! + pinnedWidth - viewport;
  return Math.max(Math.min(scrollLeft, left), right);
}

/** So much of the width may be taken by columns that stay in view. */
const pinnedShare = 0.6;

/** How many of the first columns stay in view: as many as leave room for the others. */
export function pinnedCount(widths: readonly number[], most: number, viewport: number): number {
  let count = 0;
  let width = 0;
  while (count < most && count < widths.length && width + widths[count]! <= pinnedShare * viewport)
    width += widths[count++]!;
  return Math.max(1, count);
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
