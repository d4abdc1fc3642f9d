import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../../src/core/trees/matrix';
import { Pace } from '../../../../src/core/foundation/pace';
import { pairwiseSquaredDistances, rbfKernel, scaledGamma } from '../../../../src/core/evaluation/baselines/rbf-kernel';
import { decisionValues, fitSvm, fitSvr, pairwiseVotes } from '../../../../src/core/evaluation/baselines/svm';
import { classification, matrix, regression, trainRows } from './model-fixture';

const pace = new Pace();

async function kernelOf(rows: Matrix, gamma: number): Promise<Float32Array> {
  return rbfKernel(await pairwiseSquaredDistances(rows, pace), rows.rows, gamma, pace);
}

describe('RBF support-vector machine', () => {
  it.each(classification)('has the decision values of scikit-learn on $name', async ({ rows, labels, svm }) => {
    const train = matrix(rows.slice(0, trainRows));
    const kernel = await kernelOf(train, svm.gamma);
    const classCount = Math.max(...labels) + 1;
    const seen = Int32Array.from(labels.slice(0, trainRows));
    const { machines, converged } = await fitSvm(kernel, seen, classCount, svm.C, pace);
    expect(converged).toBe(true);
    const decisions = await decisionValues(machines, train, svm.gamma, matrix(rows.slice(trainRows)), pace);
    const largest = svm.decisions
      .flat()
      .reduce((most, value, at) => Math.max(most, Math.abs(value - decisions[at]!)), 0);
    expect(largest).toBeLessThan(0.01);
    const predicted = pairwiseVotes(decisions, classCount);
    const different = svm.predictions.filter((label, row) => label !== predicted[row]).length;
    expect(different).toBeLessThanOrEqual(1);
  });

  it('predicts the numbers of scikit-learn in regression', async () => {
    const { rows, targets, svr } = regression;
    const train = matrix(rows.slice(0, trainRows));
    const kernel = await kernelOf(train, svr.gamma);
    const seen = Float64Array.from(targets.slice(0, trainRows));
    const { machines, converged } = await fitSvr(kernel, seen, svr.C, svr.epsilon, pace);
    expect(converged).toBe(true);
    const predicted = await decisionValues(machines, train, svr.gamma, matrix(rows.slice(trainRows)), pace);
    svr.predictions.forEach((value, row) => {
      expect(Math.abs(predicted[row]! - value)).toBeLessThan(0.02);
    });
  });

  it('predicts a constant target without support vectors', async () => {
    const kernel = await kernelOf(matrix([[0], [1]]), 1);
    const { machines } = await fitSvr(kernel, Float64Array.of(0, 0), 1, 0.1, pace);
    expect(machines[0]).toMatchObject({ rows: new Int32Array(0), bias: 0 });
  });

  it('never votes for a class that a subsample left without rows', async () => {
    const train = matrix([[0], [1], [5], [6]]);
    const kernel = await kernelOf(train, 1);
    const { machines } = await fitSvm(kernel, Int32Array.of(0, 0, 2, 2), 3, 1, pace);
    const decisions = await decisionValues(machines, train, 1, matrix([[0.5], [5.5], [100]]), pace);
    expect([...pairwiseVotes(decisions, 3).subarray(0, 2)]).toEqual([0, 2]);
    expect(pairwiseVotes(decisions, 3)[2]).not.toBe(1);
  });

  it('takes a usual width that fits the spread of the columns, and 1 for constant ones', () => {
    expect(
      scaledGamma(
        matrix([
          [1, -1],
          [-1, 1],
        ]),
      ),
    ).toBe(0.5);
    expect(scaledGamma(matrix([[3, 3]]))).toBe(1);
  });
});
