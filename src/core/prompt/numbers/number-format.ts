import { parseNumber } from '../../table/columns/parse-number';
import { fixedText, shortestText, significantText } from './decimal-text';
import { quantileRank, quantileValue, trainingQuantiles } from './quantile-scale';

/**
 * How the numbers of a column are written.
 * - `as-is`: the text of the cell.
 * - `{ fixed: d }`: d digits after the point. `{ significant: d }`: d significant digits.
 * - `scaled`: an integer 000–999, the value's rank among 33 training quantiles.
 * - `scaled-linear`: an integer 000–999, the value's place between the least and the greatest training value.
 * - `digit`: one digit 0–9, its place between the least and the greatest training value of all columns with this format: for
 *   many columns of one scale, such as the pixels of an image.
 */
export type NumberFormat =
  'as-is' | 'scaled' | 'scaled-linear' | 'digit' | { readonly fixed: number } | { readonly significant: number };

/** How the answers of a regression are written: one digit would be too few. */
export type AnswerFormat = Exclude<NumberFormat, 'digit'>;

/** A number format with what it learnt from the training rows; plain data, so that a run can store it as JSON. */
export type FittedFormat =
  | { readonly kind: 'as-is' }
  | { readonly kind: 'fixed'; readonly decimals: number }
  | { readonly kind: 'significant'; readonly digits: number }
  | { readonly kind: 'scaled'; readonly quantiles: readonly number[] }
  | { readonly kind: 'scaled-linear' | 'digit'; readonly low: number; readonly high: number };

/** Writes the numbers of one column, and reads them back. */
export interface Formatter {
  readonly fitted: FittedFormat;
  /** Whether a unit makes sense behind the text: not behind a scaled number. */
  readonly takesUnit: boolean;
  /** The text for a cell; a cell that is no number stays as it is. */
  formatCell(cell: string): string;
  formatNumber(value: number): string;
  /** The value that a written number stands for: the inverse of `formatNumber`, up to the format's resolution. */
  invert(written: number): number;
}

/** The largest scaled integer. */
const top = 999;
const topDigit = 9;
/** Every scaled integer that was written, as text. */
const scaledTexts: string[] = [];

/**
 * Fits a format to the numbers of the training rows. Without any number the scaled formats have nothing to learn from and
 * the cells stay as they are.
 *
 * @param training of the column; for `digit`, of all columns with this format
 * @param margin for `scaled-linear`: how far the scale goes on beyond the training range on each side, as a share of it.
 */
export function fitNumberFormat(format: NumberFormat, training: Float64Array, margin = 0): FittedFormat {
  if (format === 'as-is') return { kind: 'as-is' };
  if (typeof format === 'object') {
    return 'fixed' in format
      ? { kind: 'fixed', decimals: format.fixed }
      : { kind: 'significant', digits: format.significant };
  }
  if (training.length === 0) return { kind: 'as-is' };
  if (format === 'scaled') return { kind: 'scaled', quantiles: [...trainingQuantiles(training)] };
  const low = training.reduce((least, value) => Math.min(least, value));
  const high = training.reduce((greatest, value) => Math.max(greatest, value));
  const reach = margin * (high - low);
  return { kind: format, low: low - reach, high: high + reach };
}

export function createFormatter(fitted: FittedFormat): Formatter {
  const { formatNumber, invert } = functionsOf(fitted);
  const keepsUnit = fitted.kind === 'as-is' || fitted.kind === 'fixed' || fitted.kind === 'significant';
  return {
    fitted,
    takesUnit: keepsUnit,
    formatCell: fitted.kind === 'as-is' ? (cell) => cell : (cell) => formatCell(cell, formatNumber),
    formatNumber,
    invert,
  };
}

function formatCell(cell: string, formatNumber: (value: number) => string): string {
  const value = parseNumber(cell);
  return value === undefined ? cell : formatNumber(value);
}

function functionsOf(fitted: FittedFormat): Pick<Formatter, 'formatNumber' | 'invert'> {
  switch (fitted.kind) {
    case 'as-is':
      return { formatNumber: shortestText, invert: (written) => written };
    case 'fixed':
      return { formatNumber: (value) => fixedText(value, fitted.decimals), invert: (written) => written };
    case 'significant':
      return { formatNumber: (value) => significantText(value, fitted.digits), invert: (written) => written };
    case 'scaled': {
      const quantiles = Float64Array.from(fitted.quantiles);
      return {
        formatNumber: (value) => scaledText(quantileRank(quantiles, value)),
        invert: (written) => quantileValue(quantiles, rankOf(written)),
      };
    }
    case 'scaled-linear': {
      const { low, high } = fitted;
      return {
        formatNumber: (value) => scaledText(placeBetween(low, high, value)),
        invert: (written) => low + rankOf(written) * (high - low),
      };
    }
    case 'digit': {
      const { low, high } = fitted;
      return {
        formatNumber: (value) => String(Math.floor(clampShare(placeBetween(low, high, value)) * topDigit + 0.5)),
        invert: (written) => low + clampShare(written / topDigit) * (high - low),
      };
    }
  }
}

function placeBetween(low: number, high: number, value: number): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}

function scaledText(share: number): string {
  const scaled = Math.floor(clampShare(share) * top + 0.5);
  return (scaledTexts[scaled] ??= String(scaled).padStart(3, '0'));
}

function rankOf(written: number): number {
  return clampShare(written / top);
}

function clampShare(share: number): number {
  return share < 0 ? 0 : share > 1 ? 1 : share;
}
