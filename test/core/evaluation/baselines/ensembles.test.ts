import { describe, expect, it } from 'vitest';
import { binRows } from '../../../../src/core/evaluation/baselines/binned-rows';
import { LogisticLoss, SoftmaxLoss, SquaredLoss } from '../../../../src/core/evaluation/baselines/boosting-loss';
import { cartCodes } from '../../../../src/core/trees/cart';
import { mostProbable } from '../../../../src/core/evaluation/baselines/class-predictions';
import { codeColumns } from '../../../../src/core/trees/coded-columns';
import {
  boostedProbabilities,
  boostedScores,
  fitBoosting,
} from '../../../../src/core/evaluation/baselines/gradient-boosting';
import { Pace } from '../../../../src/core/foundation/pace';
import { forestOutputs, growForest } from '../../../../src/core/evaluation/baselines/random-forest';
import { ClassImpurity, TargetVariance } from '../../../../src/core/trees/split-criteria';
import { Random } from '../../../../src/core/foundation/random';
import { accuracy, classification, matrix, regression, rootMeanSquare, trainRows } from './model-fixture';

const pace = new Pace();
const forestOptions = { maxDepth: Infinity, minLeaf: 1 };
const boosting = { leaves: 8, minLeaf: 10, lambda: 1, learningRate: 0.1, maxRounds: 500, patience: 25 };

describe('random forest', () => {
  it.each(classification)(
    'is as accurate as that of scikit-learn on $name',
    async ({ rows, labels, forestAccuracy }) => {
      const columns = await codeColumns(matrix(rows.slice(0, trainRows)), cartCodes, pace);
      const classCount = Math.max(...labels) + 1;
      const judge = new ClassImpurity(Int32Array.from(labels.slice(0, trainRows)), classCount, 'gini');
      const options = { ...forestOptions, maxFeatures: 1, random: new Random(0) };
      const trees = await growForest(columns, judge, trainRows, 100, options, pace);
      const outputs = await forestOutputs(trees, matrix(rows.slice(trainRows)), pace);
      const reached = accuracy(mostProbable(outputs, classCount).labels, labels.slice(trainRows));
      expect(Math.abs(reached - forestAccuracy)).toBeLessThan(0.025);
    },
  );

  it('has as small an error as that of scikit-learn in regression', async () => {
    const { rows, targets, forestError } = regression;
    const columns = await codeColumns(matrix(rows.slice(0, trainRows)), cartCodes, pace);
    const judge = new TargetVariance(Float64Array.from(targets.slice(0, trainRows)));
    const options = { ...forestOptions, maxFeatures: 2, random: new Random(0) };
    const trees = await growForest(columns, judge, trainRows, 100, options, pace);
    const outputs = await forestOutputs(trees, matrix(rows.slice(trainRows)), pace);
    expect(rootMeanSquare(outputs, targets.slice(trainRows)) / forestError).toBeCloseTo(1, 1);
  });
});

describe('gradient boosting', () => {
  it.each(classification)(
    'is as accurate as that of scikit-learn on $name',
    async ({ rows, labels, boostingAccuracy }) => {
      const classCount = Math.max(...labels) + 1;
      const train = Int32Array.from(labels.slice(0, trainRows));
      const none = new Int32Array(0);
      const loss = classCount === 2 ? new LogisticLoss(train, none) : new SoftmaxLoss(train, none, classCount);
      const binned = binRows(await codeColumns(matrix(rows.slice(0, trainRows)), 255, pace), trainRows);
      const model = await fitBoosting(binned, loss, trainRows, { ...matrix([]), columns: 2 }, boosting, pace);
      const probabilities = await boostedProbabilities(model, matrix(rows.slice(trainRows)), pace);
      const reached = accuracy(mostProbable(probabilities, classCount).labels, labels.slice(trainRows));
      expect(reached).toBeGreaterThan(boostingAccuracy - 0.03);
    },
  );

  it('has as small an error as that of scikit-learn in regression', async () => {
    const { rows, targets, boostingError } = regression;
    const binned = binRows(await codeColumns(matrix(rows.slice(0, trainRows)), 255, pace), trainRows);
    const loss = new SquaredLoss(Float64Array.from(targets.slice(0, trainRows)), new Float64Array(0));
    const model = await fitBoosting(binned, loss, trainRows, { ...matrix([]), columns: 6 }, boosting, pace);
    const predicted = await boostedScores(model, matrix(rows.slice(trainRows)), pace);
    expect(model.rounds).toBe(100);
    expect(rootMeanSquare(predicted, targets.slice(trainRows))).toBeLessThan(boostingError * 1.05);
  });

  it('keeps the rounds with the lowest validation loss', async () => {
    const { rows, labels } = classification[0]!;
    const train = Int32Array.from(labels.slice(0, trainRows));
    const binned = binRows(await codeColumns(matrix(rows.slice(0, trainRows)), 255, pace), trainRows);
    const validation = matrix(rows.slice(trainRows));
    const loss = new LogisticLoss(train, Int32Array.from(labels.slice(trainRows)));
    const model = await fitBoosting(binned, loss, trainRows, validation, boosting, pace);
    expect(model.rounds).toBeGreaterThan(5);
    expect(model.rounds).toBeLessThan(500);
    const lossAt = async (rounds: number): Promise<number> =>
      loss.validationLoss(await boostedScores({ ...model, trees: model.trees.slice(0, rounds) }, validation, pace));
    const best = await lossAt(model.rounds);
    for (let rounds = 0; rounds < model.rounds; rounds++) expect(await lossAt(rounds)).toBeGreaterThanOrEqual(best);
  });
});
