import { l10n } from 'vscode';

/** What the baselines are called, by their names in a run's metrics: alone, and within a sentence. */
const names: Readonly<Record<string, { readonly label: string; readonly inSentence: string }>> = {
  majority: { label: l10n.t('Majority class'), inSentence: l10n.t('the majority class') },
  mean: { label: l10n.t('Training mean'), inSentence: l10n.t('the training mean') },
  'logistic-regression': { label: l10n.t('Logistic regression'), inSentence: l10n.t('logistic regression') },
  ridge: { label: l10n.t('Ridge regression'), inSentence: l10n.t('ridge regression') },
  'nearest-neighbours': { label: l10n.t('k nearest neighbours'), inSentence: l10n.t('k nearest neighbours') },
  'decision-tree': { label: l10n.t('Decision tree'), inSentence: l10n.t('the decision tree') },
  'random-forest': { label: l10n.t('Random forest'), inSentence: l10n.t('the random forest') },
  'gradient-boosting': { label: l10n.t('Gradient boosting'), inSentence: l10n.t('gradient boosting') },
  'rbf-svm': { label: l10n.t('Support-vector machine'), inSentence: l10n.t('the support-vector machine') },
  'rbf-svr': { label: l10n.t('Support-vector regression'), inSentence: l10n.t('support-vector regression') },
};

/** A baseline's name for a table; one that is not known keeps the name that the run has for it. */
export function methodLabel(name: string): string {
  return names[name]?.label ?? name;
}

/** A label of `methodLabel` as it stands within a sentence. */
export function nameInSentence(label: string): string {
  return Object.values(names).find((name) => name.label === label)?.inSentence ?? label;
}
