import type { RowFilter, RowScope } from '../../src/shared/predictions-view';
import type { SplitPart } from '../../src/core/run/predictions-file';

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A number with the digits that count; more would look like precision that is not there. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  return String(Number(value.toPrecision(size >= 1000 ? 6 : 4)));
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

export const partNames: Record<SplitPart, string> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
  unlabelled: 'no answer',
  new: 'new',
};

export const scopeNames: Record<RowScope, string> = {
  all: 'All rows',
  predicted: 'Predicted rows',
  test: 'Test rows',
  validation: 'Validation rows',
  train: 'Training rows',
  unlabelled: 'Rows without an answer',
  new: 'New rows',
};

/** What a filter shows, by task: of numbers, "wrong" is a truth outside of its interval. */
export const filterNames: Record<'classification' | 'regression', Record<RowFilter, readonly [string, string]>> = {
  classification: {
    all: ['All', 'Every row'],
    wrong: ['Wrong', 'The prediction is not the truth'],
    unsure: ['Unsure', 'The model gives its prediction less than 75 %'],
    fallback: ['Fallback', 'The model’s answer could not be used as it was'],
  },
  regression: {
    all: ['All', 'Every row'],
    wrong: ['Outside', 'The truth lies outside of the interval'],
    unsure: ['Unsure', 'The widest quarter of the intervals'],
    fallback: ['Fallback', 'The model’s answer could not be used as it was'],
  },
};
