import { phrase } from '../../foundation/phrase';
import type { StudyFigures } from './paper-figures';

const ofModel = phrase`model`;
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** The studies of numbers. */
export const regressionFigures: Readonly<Record<string, StudyFigures>> = {
  outliers: {
    note: phrase`Relative absolute error, read from the paper’s figure.`,
    columns: [ofModel, ...[1, 2, 5, 10, 20].map((share) => phrase`${share} %`)],
    tables: {
      linear: [
        ['GPT-3', 0.066, 0.094, 0.073, 0.061, 0.069],
        ['GPT-J', 0.078, 0.097, 0.173, 0.338, 1.105],
      ],
      quadratic: [
        ['GPT-3', 0.104, 0.126, 0.118, 0.125, 0.12],
        ['GPT-J', 0.129, 0.204, 0.185, 0.276, 1.958],
      ],
      exponential: [
        ['GPT-3', 0.098, 0.11, 0.096, 0.099, 0.108],
        ['GPT-J', 0.176, 0.224, 0.23, 1.421, 1.612],
      ],
      cosine: [
        ['GPT-3', 0.404, 0.49, 0.515, 0.777, 0.481],
        ['GPT-J', 0.451, 0.415, 0.422, 0.633, 0.787],
      ],
    },
  },
  'names-by-rows': {
    note: phrase`Relative absolute error by the share of the training rows, from the results that come with the paper’s code.`,
    columns: [ofModel, ...[20, 40, 60, 80, 100].map((share) => phrase`${share} %`)],
    tables: {
      ccpp: byRows(
        [0.26, 0.24, 0.23, 0.23, 0.18],
        [0.25, 0.24, 0.22, 0.23, 0.21],
        [0.33, 0.36, 0.32, 0.27, 0.24],
        [0.37, 0.36, 0.33, 0.31, 0.31],
      ),
      medical_insurance: byRows(
        [0.89, 0.44, 0.38, 0.34, 0.2],
        [0.89, 0.24, 0.27, 0.16, 0.16],
        [1.13, 0.72, 0.79, 0.33, 0.59],
        [0.66, 1.06, 0.45, 0.32, 0.27],
      ),
      servo: byRows(
        [0.81, 0.61, 0.31, 0.69, 0.38],
        [0.81, 0.53, 0.51, 0.44, 0.44],
        [1.05, 1.17, 1.22, 1.14, 1.17],
        [1.45, 1.71, 1.03, 1.3, 1.27],
      ),
      student_por: byRows(
        [0.37, 0.32, 0.31, 0.28, 0.27],
        [0.31, 0.35, 0.31, 0.29, 0.3],
        [0.43, 0.36, 0.42, 0.44, 0.37],
        [0.41, 0.36, 0.4, 0.39, 0.39],
      ),
    },
  },
  interpolation: {
    note: phrase`Relative absolute error on the whole range where the middle third was not learnt, from the results that come with the paper’s code.`,
    columns: [phrase`method`, phrase`relative absolute error`],
    tables: {
      linear: gap(0.074, 0.029, 0.029),
      quadratic: gap(0.559, 0.015, 0.144),
      exponential: gap(0.478, 0.036, 0.106),
      cosine: gap(0.738, 0.412, 0.456),
      l1: gap(0.531, 0.133, 0.236),
      piecewise: gap(0.467, 0.646, 0.147),
    },
  },
  ridge: {
    note: phrase`Relative absolute error of LIFT against the solution of ridge regression, from the results that come with the paper’s code: it keeps the plain line.`,
    columns: [phrase`λ`, ...[10, 50, 100, 1000].map((strength) => phrase`${strength}`)],
    tables: { linear: [['LIFT', 0.016, 0.4, 1.69, 170]] },
  },
  'contradicting-prompts': {
    note: phrase`Root mean squared error by the number of training rows for y = x1 + x2 with numbers between −10 and 10 (the least so far), read from the paper’s figure.`,
    columns: [phrase`model`, ...sizes.map((size) => phrase`${size}`)],
    tables: {
      linear: [
        [phrase`${'GPT-J'}, no rule`, 8.55, 8.55, 8.21, 7.81, 7.77, 7.77, 5.84, 4.49, 2.89, 1],
        [phrase`${'GPT-J'}, agreeing`, 8.4, 8.4, 8.4, 7.71, 7.71, 7.42, 6.87, 5.17, 4.7, 1.37],
        [phrase`${'GPT-J'}, contradicting`, 9.19, 8.17, 8.17, 8.17, 7.55, 7.55, 6.7, 3.93, 1.79, 1.35],
        [phrase`${'GPT-3'}, no rule`, 8.68, 8.68, 8.09, 7.52, 5.61, 4.55, 3.15, 1.5, 0.95, 0.64],
        [phrase`${'GPT-3'}, agreeing`, 8.39, 8.39, 8.39, 7.05, 6.89, 4.61, 2.82, 1.52, 0.99, 0.68],
        [phrase`${'GPT-3'}, contradicting`, 9.19, 8.15, 7.95, 7.8, 6.15, 4.99, 3.61, 1.28, 1.01, 0.65],
      ],
    },
  },
};

/** By the share of the training rows: each model without and with the names of the columns. */
function byRows(...figures: readonly (readonly number[])[]): StudyFigures['tables'][string] {
  const names = ['GPT-3', 'GPT-J'].flatMap((model) => [phrase`${model}, without names`, phrase`${model}, with names`]);
  return names.map((name, place) => [name, ...figures[place]!] as const);
}

/** GPT-3, a Gaussian process and kernel ridge regression, which fill gaps best. */
function gap(gpt3: number, process: number, kernel: number): StudyFigures['tables'][string] {
  return [
    ['GPT-3', gpt3],
    [phrase`Gaussian process`, process],
    [phrase`Kernel ridge regression`, kernel],
  ];
}
