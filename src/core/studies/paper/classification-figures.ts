import { phrase } from '../../foundation/phrase';
import type { StudyFigures } from './paper-figures';

const ofModel = phrase`model`;
const readFromCode = phrase`Accuracy in %, from the results that come with the paper’s code.`;
const shares = [0, 5, 20].map((share) => phrase`${share} %`);
const bounds = [0, 0.01, 0.1, 0.3].map((bound) => phrase`${bound}`);

/** The studies of classes. */
export const classificationFigures: Readonly<Record<string, StudyFigures>> = {
  'in-context': {
    note: phrase`Accuracy in %, Table 5. The rows are random and the same for every test row.`,
    columns: [ofModel, phrase`rows`, phrase`in context`, phrase`LIFT on these rows`, phrase`LIFT on all rows`],
    tables: {
      tae: inContext(50, [34.33, 32.26, 61.29], [37.64, 33.33, 65.59]),
      vehicle: inContext(14, [25.49, 26.04, 64.31], [28.82, 23.73, 70.2]),
      wholesale_customers: inContext(29, [56.06, 59.85, 85.23], [60.61, 63.26, 84.85]),
      led_display: inContext(33, [10, 13.04, 65.33], [8, 11.33, 69.33]),
      breast_cancer_ljubljana: inContext(35, [56.9, 58.62, 64.94], [62.07, 70.69, 71.26]),
    },
  },
  names: {
    note: phrase`Accuracy in %, Table 9.`,
    columns: [
      ofModel,
      phrase`without I`,
      phrase`without II`,
      phrase`shuffled I`,
      phrase`shuffled II`,
      phrase`correct I`,
      phrase`correct II`,
    ],
    tables: {
      cmc: [['GPT-3', 57.74, 57.4, 56.27, 57.06, 57.4, 56.27]],
      tae: [['GPT-3', 65.59, 66.67, 60.22, 64.52, 69.89, 69.89]],
      vehicle: [['GPT-3', 70.2, 71.96, 70.2, 69.22, 75.29, 75.29]],
      credit_g: [['GPT-3', 71.33, 67.83, 73, 71.67, 72.33, 74.17]],
    },
  },
  'label-noise': {
    note: readFromCode,
    columns: [ofModel, ...shares],
    tables: {
      'network-10': [
        ['GPT-3', 99, 97.25, 95.5],
        ['GPT-J', 97.25, 93.75, 83],
      ],
      'network-80': [
        ['GPT-3', 95, 93.5, 86.5],
        ['GPT-J', 96, 91, 78.5],
      ],
      'network-490': [
        ['GPT-3', 87.75, 85, 78.5],
        ['GPT-J', 88, 80, 65.75],
      ],
    },
  },
  imbalance: {
    note: phrase`On the whole table in %, from the results that come with the paper’s code; F1 with the most frequent class as the positive one.`,
    columns: [ofModel, phrase`accuracy`, phrase`F1`],
    tables: {
      wholesale_customers: [
        [phrase`Majority class`, 68.18, 81.08],
        [phrase`Logistic regression`, 87.12, 90.61],
        [phrase`Random forest`, 85.23, 89.2],
        ['GPT-3', 84.09, 88.39],
      ],
    },
  },
  'feature-noise': {
    note: phrase`Accuracy in % by the noise, as a share of the greatest brightness (from the paper’s site).`,
    columns: [ofModel, ...bounds],
    tables: {
      mnist: [
        ['LeNet-5', 99.22, 99.25, 99.2, 98.01],
        ['GPT-3', 98.15, 98.28, 88.38, 54.8],
      ],
    },
  },
  augmentation: {
    note: phrase`Accuracy in % by the noise of the test rows, as a share of the greatest brightness (from the paper’s site); medium and high is the noise that is learnt.`,
    columns: [ofModel, ...bounds.slice(0, 3)],
    tables: {
      mnist: [
        [phrase`${'GPT-J'}, no noise learnt`, 96.88, 95.27, 56.14],
        [phrase`${'GPT-J'}, medium`, 93.8, 94.39, 93.4],
        [phrase`${'GPT-J'}, high`, 93.78, 94.31, 94.98],
      ],
    },
  },
  adversarial: {
    note: phrase`Accuracy in % by the bound, as a share of the greatest brightness (from the paper’s site); the rows are made for LeNet-5.`,
    columns: [ofModel, ...bounds],
    tables: {
      mnist: [
        ['LeNet-5', 99.22, 97.27, 26.8, 0],
        ['GPT-3', 98.15, 44.88, 33.66, 20.31],
      ],
    },
  },
};

/** Read in context, fine-tuned on the same rows, on all. */
function inContext(
  rows: number,
  gptJ: readonly [number, number, number],
  gpt3: readonly [number, number, number],
): StudyFigures['tables'][string] {
  return [
    ['GPT-J', rows, ...gptJ],
    ['GPT-3', rows, ...gpt3],
  ];
}
