import { phrase } from '../../foundation/phrase';
import type { ClassificationBaseline, RegressionBaseline } from './baseline';

/** Predicts the class that training shows most often; its probabilities are the class shares of the training rows. */
export const majorityClass: ClassificationBaseline = {
  name: 'majority',
  label: phrase`Majority class`,
  gridSize: 1,
  rowLimit: () => Infinity,
  *candidates({ trainLabels, classCount }) {
    const shares = new Float64Array(classCount);
    for (const label of trainLabels) shares[label]! += 1 / trainLabels.length;
    const majority = shares.indexOf(Math.max(...shares));
    yield {
      parameters: {},
      model: {
        predict: ({ dense }) => {
          const probabilities = new Float64Array(dense.rows * classCount);
          for (let row = 0; row < dense.rows; row++) probabilities.set(shares, row * classCount);
          return { labels: new Int32Array(dense.rows).fill(majority), probabilities };
        },
      },
    };
  },
};

/** Predicts the mean of the training targets. */
export const trainingMean: RegressionBaseline = {
  name: 'mean',
  label: phrase`Training mean`,
  gridSize: 1,
  rowLimit: () => Infinity,
  *candidates({ trainTargets }) {
    const mean = trainTargets.reduce((total, value) => total + value, 0) / trainTargets.length;
    yield {
      parameters: {},
      model: { predict: ({ dense }) => new Float64Array(dense.rows).fill(mean) },
    };
  },
};
