import { describe, expect, it } from 'vitest';
import { classificationMetrics } from '../../../src/core/evaluation/classification-metrics';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { readFixture } from './fixture';

interface Case {
  classes: string[];
  truth: string[];
  predicted: string[];
  probabilities: number[][];
  expected: Record<
    'accuracy' | 'balancedAccuracy' | 'macroF1' | 'auc' | 'logLoss' | 'brier' | 'calibrationError',
    number
  > &
    Record<'precision' | 'recall' | 'f1' | 'support', number[]> & { confusion: number[][] };
}

const { classification } = readFixture('metrics') as { classification: Case[] };

describe('classification metrics', () => {
  it.each(classification)('agree with scikit-learn on case %#', ({ expected, ...outcome }) => {
    const metrics = classificationMetrics(outcome);
    for (const name of ['accuracy', 'balancedAccuracy', 'macroF1', 'auc', 'logLoss', 'brier'] as const) {
      expect(metrics[name], name).toBeCloseTo(expected[name], 9);
    }
    expect(metrics.calibrationError).toBeCloseTo(expected.calibrationError, 9);
    expect(metrics.confusion.counts).toEqual(expected.confusion);
    metrics.classes.forEach((scores, index) => {
      expect(scores.precision ?? 0).toBeCloseTo(expected.precision[index]!, 9);
      expect(scores.recall ?? 0).toBeCloseTo(expected.recall[index]!, 9);
      expect(scores.f1 ?? 0).toBeCloseTo(expected.f1[index]!, 9);
      expect(scores.support).toBe(expected.support[index]);
    });
  });

  it('count an unreadable prediction as wrong, and as a miss of its class', () => {
    const metrics = classificationMetrics({
      truth: ['a', 'a', 'b', 'b'],
      predicted: ['a', null, 'b', 'neither'],
      classes: ['a', 'b'],
    });
    expect(metrics.unreadable).toBe(2);
    expect(metrics.accuracy).toBe(0.5);
    expect(metrics.balancedAccuracy).toBe(0.5);
    expect(metrics.classes[0]).toMatchObject({ support: 2, predicted: 1, precision: 1, recall: 0.5 });
    expect(metrics.confusion.unreadable).toEqual([1, 1]);
  });

  it('are null where probabilities are needed and there are none', () => {
    const metrics = classificationMetrics({ truth: ['a', 'b'], predicted: ['a', 'a'], classes: ['a', 'b'] });
    expect(metrics).toMatchObject({ auc: null, logLoss: null, brier: null, calibrationError: null, reliability: null });
  });

  it('leave a class that neither occurs nor was predicted out of the means', () => {
    const metrics = classificationMetrics({
      truth: ['a', 'b'],
      predicted: ['a', 'b'],
      probabilities: [
        [0.8, 0.1, 0.1],
        [0.3, 0.6, 0.1],
      ],
      classes: ['a', 'b', 'c'],
    });
    expect(metrics).toMatchObject({ accuracy: 1, balancedAccuracy: 1, macroF1: 1, auc: 1 });
    expect(metrics.classes[2]).toEqual({
      label: 'c',
      support: 0,
      predicted: 0,
      precision: null,
      recall: null,
      f1: null,
    });
  });

  it('have no AUC when the rows show a single class', () => {
    const metrics = classificationMetrics({
      truth: ['a', 'a'],
      predicted: ['a', 'b'],
      probabilities: [
        [0.9, 0.1],
        [0.4, 0.6],
      ],
      classes: ['a', 'b'],
    });
    expect(metrics.auc).toBeNull();
    expect(metrics.accuracy).toBe(0.5);
    expect(metrics.logLoss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.4)) / 2, 12);
  });

  it('add a label that only the truth has to the confusion matrix, with a finite log-loss', () => {
    const metrics = classificationMetrics({
      truth: ['a', 'new'],
      predicted: ['a', 'b'],
      probabilities: [
        [1, 0],
        [0.25, 0.75],
      ],
      classes: ['a', 'b'],
    });
    expect(metrics.confusion.labels).toEqual(['a', 'b', 'new']);
    expect(metrics.classes[2]).toMatchObject({ support: 1, recall: 0 });
    expect(metrics.logLoss).toBeCloseTo((52 * Math.LN2) / 2, 9);
    expect(metrics.brier).toBeCloseTo((0.25 ** 2 + 0.75 ** 2 + 1) / 4, 12);
  });

  it('are refused for no rows, and for predictions of other rows', () => {
    expect(() => classificationMetrics({ truth: [], predicted: [], classes: ['a'] })).toThrow(LiftError);
    expect(() => classificationMetrics({ truth: ['a'], predicted: [], classes: ['a'] })).toThrow(/1 rows have 0/);
  });

  it('judges the most frequent class of the truth as the positive one', () => {
    const metrics = classificationMetrics({
      truth: ['no', 'no', 'no', 'yes', 'yes'],
      predicted: ['no', 'no', 'yes', 'no', 'yes'],
      classes: ['yes', 'no'],
    });
    expect(metrics.majorityPrecision).toBeCloseTo(2 / 3);
    expect(metrics.majorityRecall).toBeCloseTo(2 / 3);
    expect(metrics.majorityF1).toBeCloseTo(2 / 3);
    const never = classificationMetrics({ truth: ['no'], predicted: [null], classes: ['yes', 'no'] });
    expect([never.majorityPrecision, never.majorityRecall, never.majorityF1]).toEqual([null, 0, 0]);
  });
});
