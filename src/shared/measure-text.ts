import type { Measure } from './predictions-view';

/** A measure for people: `91.2 %`, or a number with four digits or decimals, so that one column of them stands in line. */
export function measureText({ style }: Pick<Measure, 'style'>, value: number): string {
  if (style === 'percent') return `${(100 * value).toFixed(1)} %`;
  const size = Math.abs(value);
  const text = size < 1 ? size.toFixed(4) : size < 1000 ? size.toPrecision(4) : String(Number(size.toPrecision(4)));
  return value < 0 && Number(text) > 0 ? `−${text}` : text;
}
