import type { ReportLanguage } from './report-language';

/** Places of an axis: from values to pixels, and the values that are written beside it. */
export interface Scale {
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

/** A linear axis over round numbers that hold all values. */
export function linearScale(values: readonly number[], from: number, to: number, wantedTicks = 5): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const step = roundStep((high - low || Math.abs(high) || 1) / wantedTicks);
  const first = Math.floor(low / step + 1e-9) * step;
  const last = Math.max(first + step, Math.ceil(high / step - 1e-9) * step);
  const count = Math.round((last - first) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((first + index * step).toPrecision(12)));
  return { ticks, place: (value) => from + ((value - first) / (last - first)) * (to - from) };
}

/** A logarithmic axis whose ticks are the values themselves; values are positive. */
export function logScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.log(Math.min(...values));
  const high = Math.log(Math.max(...values));
  const place = (value: number): number =>
    high === low ? (from + to) / 2 : from + ((Math.log(value) - low) / (high - low)) * (to - from);
  // Ticks that would be written over each other are left out.
  const ticks: number[] = [];
  for (const value of [...new Set(values)].sort((a, b) => a - b)) {
    if (ticks.length === 0 || place(value) - place(ticks.at(-1)!) > 34) ticks.push(value);
  }
  return { ticks, place };
}

/** 1, 2 or 5 times a power of ten, at least as large as asked for. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= size * 0.999) ?? 10);
}

/** A number as short as it can be told. */
export function tickText(value: number, language: ReportLanguage): string {
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-3))
    return language.written(value.toExponential(0));
  return language.count(Number(value.toPrecision(6)));
}
