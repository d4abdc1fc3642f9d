import { phrase } from '../../foundation/phrase';
import type { ClassificationBaseline, EncodedRows, ProblemShape, RegressionBaseline } from './baseline';
import { mostProbable } from './class-predictions';
import { NeighbourSearch, type Neighbours } from './neighbour-search';

const metrics = ['euclidean', 'manhattan'] as const;
const neighbourCounts = [1, 3, 5, 10, 20];
const widest = Math.max(...neighbourCounts);
const gridSize = metrics.length * neighbourCounts.length;
const operationBudget = 6e9;

function rowLimit({ validationRows, testRows, denseColumns }: ProblemShape): number {
  const queries = metrics.length * validationRows + testRows;
  return Math.max(1000, Math.floor(operationBudget / (queries * denseColumns)));
}

/** Shares of the classes among the k nearest rows, [rows × classes] in row-major order. */
export function classVotes(
  { count, indices }: Neighbours,
  k: number,
  labels: Int32Array,
  classCount: number,
): Float64Array {
  const used = Math.min(k, count);
  const votes = new Float64Array((indices.length / count) * classCount);
  for (let row = 0; row * count < indices.length; row++) {
    for (let rank = 0; rank < used; rank++) {
      votes[row * classCount + labels[indices[row * count + rank]!]!]! += 1 / used;
    }
  }
  return votes;
}

/** Mean target of the k nearest rows. */
export function meanTargets({ count, indices }: Neighbours, k: number, targets: Float64Array): Float64Array {
  const used = Math.min(k, count);
  const means = new Float64Array(indices.length / count);
  for (let row = 0; row < means.length; row++) {
    for (let rank = 0; rank < used; rank++) means[row]! += targets[indices[row * count + rank]!]! / used;
  }
  return means;
}

/** Every number of neighbours in every metric, beside what finds them. */
function* searches(
  train: EncodedRows,
): Generator<{ search: NeighbourSearch; parameters: { k: number; metric: (typeof metrics)[number] } }> {
  for (const metric of metrics) {
    const search = new NeighbourSearch(train.dense, widest, metric);
    for (const k of neighbourCounts) yield { search, parameters: { k, metric } };
  }
}

const common = { name: 'nearest-neighbours' as const, label: phrase`k nearest neighbours`, gridSize, rowLimit };

export const nearestNeighbourClassifier: ClassificationBaseline = {
  ...common,
  *candidates({ train, trainLabels, classCount }) {
    for (const { search, parameters } of searches(train)) {
      yield {
        parameters,
        model: {
          predict: async ({ dense }, pace) => {
            const votes = classVotes(await search.find(dense, pace), parameters.k, trainLabels, classCount);
            return mostProbable(votes, classCount);
          },
        },
      };
    }
  },
};

export const nearestNeighbourRegressor: RegressionBaseline = {
  ...common,
  *candidates({ train, trainTargets }) {
    for (const { search, parameters } of searches(train)) {
      yield {
        parameters,
        model: {
          predict: async ({ dense }, pace) => meanTargets(await search.find(dense, pace), parameters.k, trainTargets),
        },
      };
    }
  },
};
