import type { ClassificationBaseline, Parameters } from '../../evaluation/baselines/baseline';
import { decisionTreeClassifier } from '../../evaluation/baselines/decision-tree';
import { boostingClassifier } from '../../evaluation/baselines/gradient-boosting';
import { logisticRegression } from '../../evaluation/baselines/logistic-regression';
import { nearestNeighbourClassifier } from '../../evaluation/baselines/nearest-neighbours';
import { forestClassifier } from '../../evaluation/baselines/random-forest';
import { svmClassifier } from '../../evaluation/baselines/rbf-svm';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';

/** A simple model whose labels are learnt instead of the table's own. */
export interface Teacher {
  readonly id: string;
  readonly name: Phrase;
  /** A baseline, tuned on the validation rows as far as its parameters are not given; left out for the small network. */
  readonly baseline?: ClassificationBaseline;
}

/** Those of the paper's teachers that the baselines have, and a small network. */
export const teachers: readonly Teacher[] = [
  { id: 'logistic', name: logisticRegression.label, baseline: logisticRegression },
  ...[1, 3, 5].map((k) => ({
    id: `neighbours-${k}`,
    name: k === 1 ? phrase`Nearest neighbour` : phrase`${k} nearest neighbours`,
    baseline: withParameters(nearestNeighbourClassifier, { k }),
  })),
  ...[3, 5].map((depth) => ({
    id: `tree-${depth}`,
    name: phrase`Decision tree of depth ${depth}`,
    baseline: withParameters(decisionTreeClassifier, { depth }),
  })),
  { id: 'forest', name: forestClassifier.label, baseline: forestClassifier },
  { id: 'boosting', name: boostingClassifier.label, baseline: boostingClassifier },
  { id: 'svm', name: svmClassifier.label, baseline: svmClassifier },
  { id: 'network', name: phrase`Small neural network` },
];

/** The baseline with only those candidates of its grid that have these parameters. */
function withParameters(baseline: ClassificationBaseline, wanted: Parameters): ClassificationBaseline {
  return {
    ...baseline,
    async *candidates(...data) {
      for await (const candidate of baseline.candidates(...data)) {
        if (Object.entries(wanted).every(([name, value]) => candidate.parameters[name] === value)) yield candidate;
      }
    },
  };
}
