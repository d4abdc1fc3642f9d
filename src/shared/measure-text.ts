import type { Measure } from './predictions-view';

/** A measure for people: `91.2 %`, or a number with four digits or decimals. */
export function measureText({ style }: Pick<Measure, 'style'>, value: number): string {
  if (style === 'percent') return `${(100 * value).toFixed(1)} %`;
  const rounded = Number(Math.abs(value) < 1 ? value.toFixed(4) : value.toPrecision(4));
  return `${rounded < 0 ? '−' : ''}${Math.abs(rounded)}`;
}
