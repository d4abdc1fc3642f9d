import { functionNames } from '../../src/core/gallery/regression-functions';
import { cloudNames } from '../../src/core/gallery/class-clouds';

/** A table of the suite. What is real lies as NAME.csv in the data folder, its target last; what is not is made. */
export interface SuiteTable {
  readonly name: string;
  readonly task: 'classification' | 'regression';
  readonly kind: 'real' | 'cloud' | 'function';
  /** Published figures, where the paper has them: accuracy in %, or relative absolute error. */
  readonly paper?: { readonly gptJ: number; readonly gpt3: number };
}

/** Accuracy in %, LIFT paper (NeurIPS 2022), Table 4: GPT-J, GPT-3. */
const paperAccuracy: Record<string, readonly [number, number]> = {
  iris: [96.67, 97],
  tae: [61.29, 65.59],
  cmc: [49.83, 57.74],
  vehicle: [64.31, 70.2],
  led_display: [65.33, 69.33],
  wholesale_customers: [85.23, 84.85],
  spambase: [94.03, 94.9],
  hill_valley: [100, 99.73],
  optdigits: [98.22, 98.99],
  'nine-clusters': [99.75, 100],
  blobs: [96.17, 96.67],
  circles: [79.95, 81.17],
  'two-circles': [75.92, 81.42],
  moons: [99.58, 100],
};

/** Relative absolute error, from the results that come with the paper's code: GPT-J, GPT-3. */
const paperError: Record<string, readonly [number, number]> = {
  ccpp: [0.24, 0.18],
  medical_insurance: [0.59, 0.2],
  linear: [0.081, 0.064],
  quadratic: [0.111, 0.132],
  exponential: [0.109, 0.093],
  cosine: [0.385, 0.436],
  l1: [0.1, 0.089],
  piecewise: [0.146, 0.167],
};

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
