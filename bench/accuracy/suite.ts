import { functionNames } from '../../src/core/gallery/regression-functions';
import { cloudNames } from '../../src/core/gallery/class-clouds';
import { paperAccuracy, paperError } from '../../src/core/studies/paper/whole-tables';

/** A table of the suite. What is real lies as NAME.csv in the data folder, its target last; what is not is made. */
export interface SuiteTable {
  readonly name: string;
  readonly task: 'classification' | 'regression';
  readonly kind: 'real' | 'cloud' | 'function';
  /** Where its file is, unless it is in the data folder. */
  readonly folder?: string;
  /** Published figures, where the paper has them: accuracy in %, or relative absolute error. */
  readonly paper?: { readonly gptJ: number; readonly gpt3: number };
}

const realClassification = ['iris', 'tae', 'cmc', 'vehicle', 'led_display', 'wholesale_customers', 'spambase'].concat([
  'hill_valley',
  'optdigits',
  'breast_cancer_ljubljana',
  'balance_scale',
  'credit_g',
  'tic_tac_toe',
]);
const realRegression = ['medical_insurance', 'ccpp', 'servo', 'student_por', 'auto_mpg', 'abalone'];

export const suite: readonly SuiteTable[] = [
  ...realClassification.map((name) => described(name, 'classification', 'real')),
  ...cloudNames.map((name) => described(name, 'classification', 'cloud')),
  ...realRegression.map((name) => described(name, 'regression', 'real')),
  ...functionNames.map((name) => described(name, 'regression', 'function')),
];

function described(name: string, task: SuiteTable['task'], kind: SuiteTable['kind']): SuiteTable {
  const figures = (task === 'classification' ? paperAccuracy : paperError)[name];
  return { name, task, kind, ...(figures && { paper: { gptJ: figures[0], gpt3: figures[1] } }) };
}
