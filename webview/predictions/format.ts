import type { RowFilter, RowScope } from '../../src/shared/predictions-view';
import type { SplitPart } from '../../src/core/run/folder/predictions-file';
import { l10n } from '../common/l10n';

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

export function rowCount(rows: number): string {
  return rows === 1 ? l10n.t('1 row') : l10n.t('{0} rows', rows.toLocaleString());
}

export const partNames: Record<SplitPart, string> = {
  train: l10n.t('training'),
  validation: l10n.t('validation'),
  test: l10n.t('test'),
  unlabelled: l10n.t('no answer'),
  new: l10n.t('new'),
};

export const scopeNames: Record<RowScope, string> = {
  all: l10n.t('All rows'),
  predicted: l10n.t('Predicted rows'),
  test: l10n.t('Test rows'),
  validation: l10n.t('Validation rows'),
  train: l10n.t('Training rows'),
  unlabelled: l10n.t('Rows without an answer'),
  new: l10n.t('New rows'),
};

/** What a filter shows, by task: of numbers, "wrong" is a truth outside of its interval. */
export const filterNames: Record<'classification' | 'regression', Record<RowFilter, readonly [string, string]>> = {
  classification: {
    all: [l10n.t('All'), l10n.t('Every row')],
    wrong: [l10n.t('Wrong'), l10n.t('The prediction is not the truth')],
    unsure: [l10n.t('Unsure'), l10n.t('The model gives its prediction less than {0} %', 75)],
    fallback: [l10n.t('Fallback'), l10n.t('The model’s answer could not be used as it was')],
  },
  regression: {
    all: [l10n.t('All'), l10n.t('Every row')],
    wrong: [l10n.t('Outside'), l10n.t('The truth lies outside of the interval')],
    unsure: [l10n.t('Unsure'), l10n.t('The widest quarter of the intervals')],
    fallback: [l10n.t('Fallback'), l10n.t('The model’s answer could not be used as it was')],
  },
};
