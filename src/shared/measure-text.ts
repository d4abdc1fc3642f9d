import type { Measure } from './predictions-view';

/** A measure for people: `91.2 %`, or four digits that count. */
export function measureText({ style }: Pick<Measure, 'style'>, value: number): string {
  return style === 'percent' ? `${(100 * value).toFixed(1)} %` : String(Number(value.toPrecision(4)));
}
