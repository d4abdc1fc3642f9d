import { escaped } from './html';

interface WideChart {
  readonly width: number;
  readonly height: number;
  /** What a reader who cannot see it is told. */
  readonly label: string;
}

/** A chart as wide as the page. In a narrow window it scrolls, instead of having letters too small to read. */
export function wideChart({ width, height, label }: WideChart, content: string): string {
  return (
    `<div class="chart"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">` +
    `${content}</svg></div>`
  );
}
