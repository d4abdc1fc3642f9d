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

/** Accuracy in % on the labels of a network after so many epochs, from the results that come with the paper's code: likewise. */
export const paperNetworkAccuracy: Readonly<Record<string, readonly [gptJ: number, gpt3: number]>> = {
  'network-10': [97.25, 99],
  'network-80': [96, 95],
  'network-490': [88, 87.75],
};

/** Relative absolute error, from the results that come with the paper's code: GPT-J, GPT-3. */
export const paperError: Readonly<Record<string, readonly [gptJ: number, gpt3: number]>> = {
  ccpp: [0.24, 0.18],
  medical_insurance: [0.59, 0.2],
  servo: [1.17, 0.38],
  student_por: [0.37, 0.27],
  linear: [0.081, 0.064],
  quadratic: [0.111, 0.132],
  exponential: [0.109, 0.093],
  cosine: [0.385, 0.436],
  l1: [0.1, 0.089],
  piecewise: [0.146, 0.167],
};
