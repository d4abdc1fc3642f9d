import { phrase } from '../foundation/phrase';
import type { Phrase } from '../foundation/phrase';

/** Figures of the paper (Dinh et al., NeurIPS 2022) that belong beside ours. */
export interface PaperFigures {
  /** What they are, and where they stand. */
  readonly note: Phrase;
  readonly columns: readonly Phrase[];
  readonly rows: readonly (readonly [name: string, ...figures: number[]])[];
}

/** Accuracy in %, Table 4: GPT-J, GPT-3. */
export const paperAccuracy: Readonly<Record<string, readonly [gptJ: number, gpt3: number]>> = {
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
export const paperError: Readonly<Record<string, readonly [gptJ: number, gpt3: number]>> = {
  ccpp: [0.24, 0.18],
  medical_insurance: [0.59, 0.2],
  linear: [0.081, 0.064],
  quadratic: [0.111, 0.132],
  exponential: [0.109, 0.093],
  cosine: [0.385, 0.436],
  l1: [0.1, 0.089],
  piecewise: [0.146, 0.167],
};

/** Table 5, accuracy in %: rows in context; GPT-J in context, fine-tuned on the same rows, on all; GPT-3 likewise. */
const inContext: Readonly<Record<string, readonly number[]>> = {
  tae: [50, 34.33, 32.26, 61.29, 37.64, 33.33, 65.59],
  vehicle: [14, 25.49, 26.04, 64.31, 28.82, 23.73, 70.2],
  wholesale_customers: [29, 56.06, 59.85, 85.23, 60.61, 63.26, 84.85],
  led_display: [33, 10, 13.04, 65.33, 8, 11.33, 69.33],
  breast_cancer_ljubljana: [35, 56.9, 58.62, 64.94, 62.07, 70.69, 71.26],
};

/** Table 9 (GPT-3), accuracy in %: without names I and II, shuffled I and II, correct I and II. */
const names: Readonly<Record<string, readonly number[]>> = {
  cmc: [57.74, 57.4, 56.27, 57.06, 57.4, 56.27],
  tae: [65.59, 66.67, 60.22, 64.52, 69.89, 69.89],
  vehicle: [70.2, 71.96, 70.2, 69.22, 75.29, 75.29],
  credit_g: [71.33, 67.83, 73, 71.67, 72.33, 74.17],
};

/** Relative absolute error by share of outliers, from the paper's figure: GPT-3, GPT-J at 1, 2, 5, 10, 20 %. */
const outliers: Readonly<Record<string, readonly (readonly number[])[]>> = {
  linear: [
    [0.066, 0.094, 0.073, 0.061, 0.069],
    [0.078, 0.097, 0.173, 0.338, 1.105],
  ],
  quadratic: [
    [0.104, 0.126, 0.118, 0.125, 0.12],
    [0.129, 0.204, 0.185, 0.276, 1.958],
  ],
  exponential: [
    [0.098, 0.11, 0.096, 0.099, 0.108],
    [0.176, 0.224, 0.23, 1.421, 1.612],
  ],
  cosine: [
    [0.404, 0.49, 0.515, 0.777, 0.481],
    [0.451, 0.415, 0.422, 0.633, 0.787],
  ],
};

/** The paper's figures for a study of a table that is one of the paper's, by the name of its file. */
export function paperFigures(study: string, table: string): PaperFigures | undefined {
  const find = <T>(figures: Readonly<Record<string, T>>): T | undefined =>
    Object.hasOwn(figures, table) ? figures[table] : undefined;
  if (study === 'in-context') {
    const found = find(inContext);
    return (
      found && {
        note: phrase`Accuracy in %, Table 5. The rows are random and the same for every test row.`,
        columns: [
          phrase`model`,
          phrase`rows`,
          phrase`in context`,
          phrase`LIFT on these rows`,
          phrase`LIFT on all rows`,
        ],
        rows: [
          ['GPT-J', ...found.slice(0, 4)],
          ['GPT-3', found[0]!, ...found.slice(4)],
        ],
      }
    );
  }
  if (study === 'names') {
    const found = find(names);
    const columns = [
      phrase`model`,
      phrase`without I`,
      phrase`without II`,
      phrase`shuffled I`,
      phrase`shuffled II`,
      phrase`correct I`,
      phrase`correct II`,
    ];
    return found && { note: phrase`Accuracy in %, Table 9.`, columns, rows: [['GPT-3', ...found]] };
  }
  if (study === 'outliers') {
    const found = find(outliers);
    const columns = [phrase`model`, ...[1, 2, 5, 10, 20].map((share) => phrase`${share} %`)];
    const rows = found?.map((values, index) => [index === 0 ? 'GPT-3' : 'GPT-J', ...values] as const);
    return rows && { note: phrase`Relative absolute error, read from the paper’s figure.`, columns, rows };
  }
  const columns = [phrase``, ...['GPT-J', 'GPT-3'].map((model) => phrase`${model}`)];
  const whole = find(paperAccuracy);
  if (whole) {
    const note = phrase`Accuracy in % on the whole table, without any change to it (Table 4).`;
    return { note, columns, rows: [['LIFT', ...whole]] };
  }
  const error = find(paperError);
  const note = phrase`Relative absolute error on the whole table, without any change to it (the results with the paper’s code).`;
  return error && { note, columns, rows: [['LIFT', ...error]] };
}
