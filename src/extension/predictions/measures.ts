import { l10n } from 'vscode';
import type { Measure } from '../../shared/predictions-view';

/** A measure, and which way is better. */
export interface RankedMeasure extends Measure {
  readonly higherIsBetter: boolean;
}

const ofClasses: readonly RankedMeasure[] = [
  {
    key: 'accuracy',
    label: l10n.t('Accuracy'),
    explanation: l10n.t('The share of rows whose class was predicted right.'),
    style: 'percent',
    higherIsBetter: true,
  },
  {
    key: 'macroF1',
    label: l10n.t('Macro F1'),
    explanation: l10n.t('Like accuracy, but every class counts the same, however rare it is. 100 % is best.'),
    style: 'percent',
    higherIsBetter: true,
  },
  {
    key: 'auc',
    label: l10n.t('AUC'),
    explanation: l10n.t(
      'How well the probabilities put rows of a class before the others: 1 is perfect order, 0.5 is order by chance.',
    ),
    style: 'number',
    higherIsBetter: true,
  },
  {
    key: 'logLoss',
    label: l10n.t('Log loss'),
    explanation: l10n.t(
      'How surprised the probabilities are by the truth; low is good, and being sure and wrong costs most.',
    ),
    style: 'number',
    higherIsBetter: false,
  },
];

const ofNumbers: readonly RankedMeasure[] = [
  {
    key: 'rmse',
    label: l10n.t('RMSE'),
    explanation: l10n.t(
      'Root of the mean squared error, in the unit of the target; large errors weigh most. Low is good.',
    ),
    style: 'number',
    higherIsBetter: false,
  },
  {
    key: 'mae',
    label: l10n.t('MAE'),
    explanation: l10n.t('Mean size of the error, in the unit of the target. Low is good.'),
    style: 'number',
    higherIsBetter: false,
  },
  {
    key: 'r2',
    label: l10n.t('R²'),
    explanation: l10n.t('The share of the variation that is explained: 1 is all of it, 0 is no better than the mean.'),
    style: 'number',
    higherIsBetter: true,
  },
];

/** The measures that are shown for a task, the one that decides first. */
export function measuresOf(task: 'classification' | 'regression'): readonly RankedMeasure[] {
  return task === 'classification' ? ofClasses : ofNumbers;
}
