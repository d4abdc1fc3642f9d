import { softmaxInPlace } from './class-predictions';
import type { Derivatives } from './gradient-tree';

/** A loss that boosting lowers. Scores are [rows × outputs], row-major; a sum of trees for each output. */
export interface BoostingLoss {
  readonly outputs: number;
  /** The scores of the best constant prediction, where boosting starts. */
  readonly start: Float64Array;
  /** Writes the derivatives of every row's loss by one output's score; called for output 0 first. */
  derivatives(scores: Float64Array, output: number, target: Derivatives): void;
  /** The loss summed over the validation rows. */
  validationLoss(scores: Float64Array): number;
}

/** Half the squared error. */
export class SquaredLoss implements BoostingLoss {
  readonly outputs = 1;
  readonly start: Float64Array;

  constructor(
    private readonly targets: Float64Array,
    private readonly validationTargets: Float64Array,
  ) {
    this.start = Float64Array.of(targets.reduce((total, value) => total + value / targets.length, 0));
  }

  derivatives(scores: Float64Array, _output: number, { gradients, hessians }: Derivatives): void {
    hessians.fill(1);
    for (let row = 0; row < gradients.length; row++) gradients[row] = scores[row]! - this.targets[row]!;
  }

  validationLoss(scores: Float64Array): number {
    return this.validationTargets.reduce((total, target, row) => total + (scores[row]! - target) ** 2, 0);
  }
}

/** Logistic loss on the log-odds of the second of two classes. */
export class LogisticLoss implements BoostingLoss {
  readonly outputs = 1;
  readonly start: Float64Array;

  constructor(
    private readonly labels: Int32Array,
    private readonly validationLabels: Int32Array,
  ) {
    const positives = labels.reduce((total, label) => total + label, 0);
    this.start = Float64Array.of(Math.log(positives / (labels.length - positives)));
  }

  derivatives(scores: Float64Array, _output: number, { gradients, hessians }: Derivatives): void {
    for (let row = 0; row < gradients.length; row++) {
      const probability = 1 / (1 + Math.exp(-scores[row]!));
      gradients[row] = probability - this.labels[row]!;
      hessians[row] = probability * (1 - probability);
    }
  }

  validationLoss(scores: Float64Array): number {
    return this.validationLabels.reduce((total, label, row) => {
      if (label < 0) return total;
      const margin = label === 1 ? scores[row]! : -scores[row]!;
      return total + (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
    }, 0);
  }
}

/** Cross-entropy of the softmax over one score a class. */
export class SoftmaxLoss implements BoostingLoss {
  readonly start: Float64Array;
  private readonly probabilities: Float64Array;

  constructor(
    private readonly labels: Int32Array,
    private readonly validationLabels: Int32Array,
    readonly outputs: number,
  ) {
    const counts = new Float64Array(outputs);
    for (const label of labels) counts[label]!++;
    this.start = counts.map((count) => Math.log(Math.max(count, 0.5) / labels.length));
    this.probabilities = new Float64Array(labels.length * outputs);
  }

  derivatives(scores: Float64Array, output: number, { gradients, hessians }: Derivatives): void {
    const { probabilities, outputs, labels } = this;
    if (output === 0) {
      // All trees of a round step from the same scores.
      probabilities.set(scores);
      for (let row = 0; row < labels.length; row++) softmaxInPlace(probabilities, row * outputs, outputs);
    }
    // The factor makes up for the one score that softmax leaves free (Friedman 2001, §4.6).
    const factor = outputs / (outputs - 1);
    for (let row = 0; row < labels.length; row++) {
      const probability = probabilities[row * outputs + output]!;
      gradients[row] = probability - (labels[row] === output ? 1 : 0);
      hessians[row] = factor * probability * (1 - probability);
    }
  }

  validationLoss(scores: Float64Array): number {
    const row = new Float64Array(this.outputs);
    return this.validationLabels.reduce((total, label, index) => {
      if (label < 0) return total;
      row.set(scores.subarray(index * this.outputs, (index + 1) * this.outputs));
      const actual = row[label]!;
      return total + softmaxInPlace(row, 0, this.outputs) - actual;
    }, 0);
  }
}
