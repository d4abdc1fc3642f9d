import { phrase } from '../../foundation/phrase';
import type { ClassificationBaseline, Parameters, ProblemShape, RegressionBaseline } from './baseline';
import { pairwiseSquaredDistances, rbfKernel, scaledGamma } from './rbf-kernel';
import { decisionValues, fitSvm, fitSvr, pairwiseVotes } from './svm';

const costs = [1, 10, 100];
/** Times the usual width, 1 ∕ (columns · variance). */
const gammaFactors = [0.1, 1, 5];
const gridSize = costs.length * gammaFactors.length;
/** The width of the tube around the target in which errors cost nothing, in standard deviations of the target. */
const epsilon = 0.1;
const mostRows = { classifier: 4000, regressor: 2500 };
const operationBudget = 1e10;

/** The kernel matrix takes rows² memory, and a prediction visits about every row. */
function rowLimit(most: number, { validationRows, testRows, denseColumns }: ProblemShape): number {
  const queries = gridSize * validationRows + testRows;
  return Math.min(most, Math.max(1000, Math.floor(operationBudget / (queries * denseColumns))));
}

function parametersOf(c: number, gamma: number, converged: boolean): Parameters {
  const chosen = { C: c, gamma: Number(gamma.toPrecision(4)) };
  return converged ? chosen : { ...chosen, solver: 'stopped before convergence' };
}

export const svmClassifier: ClassificationBaseline = {
  name: 'rbf-svm',
  label: phrase`RBF support-vector machine`,
  gridSize,
  rowLimit: (shape) => rowLimit(mostRows.classifier, shape),
  async *candidates({ train, trainLabels, classCount }, pace) {
    const distances = await pairwiseSquaredDistances(train.dense, pace);
    for (const factor of gammaFactors) {
      const gamma = factor * scaledGamma(train.dense);
      const kernel = await rbfKernel(distances, train.dense.rows, gamma, pace);
      for (const c of costs) {
        const { machines, converged } = await fitSvm(kernel, trainLabels, classCount, c, pace);
        yield {
          parameters: parametersOf(c, gamma, converged),
          model: {
            predict: async ({ dense }, pace) => {
              const decisions = await decisionValues(machines, train.dense, gamma, dense, pace);
              return { labels: pairwiseVotes(decisions, classCount), probabilities: null };
            },
          },
        };
      }
    }
  },
};

export const svmRegressor: RegressionBaseline = {
  name: 'rbf-svr',
  label: phrase`RBF support-vector regression`,
  gridSize,
  rowLimit: (shape) => rowLimit(mostRows.regressor, shape),
  async *candidates({ train, trainTargets }, pace) {
    const distances = await pairwiseSquaredDistances(train.dense, pace);
    for (const factor of gammaFactors) {
      const gamma = factor * scaledGamma(train.dense);
      const kernel = await rbfKernel(distances, train.dense.rows, gamma, pace);
      for (const c of costs) {
        const { machines, converged } = await fitSvr(kernel, trainTargets, c, epsilon, pace);
        yield {
          parameters: { ...parametersOf(c, gamma, converged), epsilon },
          model: { predict: ({ dense }, pace) => decisionValues(machines, train.dense, gamma, dense, pace) },
        };
      }
    }
  },
};
