/** How metrics are called and written in tables; those that are not here are not shown to people. */
interface MetricName {
  readonly key: string;
  readonly title: string;
  /** Whether a higher value is better. */
  readonly higher: boolean;
}

export const shownMetrics: Readonly<Record<'classification' | 'regression', readonly MetricName[]>> = {
  classification: [
    { key: 'accuracy', title: 'accuracy', higher: true },
    { key: 'balancedAccuracy', title: 'balanced', higher: true },
    { key: 'macroF1', title: 'macro F1', higher: true },
    { key: 'auc', title: 'AUC', higher: true },
    { key: 'logLoss', title: 'log-loss', higher: false },
    { key: 'calibrationError', title: 'ECE', higher: false },
  ],
  regression: [
    { key: 'rmse', title: 'RMSE', higher: false },
    { key: 'mae', title: 'MAE', higher: false },
    { key: 'r2', title: 'R²', higher: true },
    { key: 'rae', title: 'RAE', higher: false },
    { key: 'intervalCoverage', title: 'coverage', higher: true },
  ],
};

/** Four significant digits for quantities, three decimals for shares. */
export function metricText(value: number | undefined, task: 'classification' | 'regression'): string {
  if (value === undefined) return '–';
  return task === 'classification' || Math.abs(value) < 1
    ? value.toFixed(3)
    : value.toPrecision(4).replace(/\.?0+$/, '');
}
