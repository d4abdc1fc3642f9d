import { describe, expect, it } from 'vitest';
import type { ProblemShape } from '../../../../src/core/evaluation/baselines/baseline';
import { sampleNote, trainingSample } from '../../../../src/core/evaluation/baselines/baseline-request';
import { svmClassifier } from '../../../../src/core/evaluation/baselines/rbf-svm';

const shape: ProblemShape = {
  trainRows: 50_000,
  validationRows: 10_000,
  testRows: 10_000,
  denseColumns: 20,
  classCount: 2,
};

describe('training sample', () => {
  it('is all rows, unremarked, when they are within the limit', () => {
    const small = { ...shape, trainRows: 5 };
    expect(trainingSample(small, 5, 'rbf-svm', 0)).toEqual([0, 1, 2, 3, 4]);
    expect(sampleNote(5, small)).toBe('');
  });

  it('is a seeded part of the rows without repeats, and is noted, when they are too many', () => {
    const limit = svmClassifier.rowLimit(shape);
    expect(limit).toBeLessThanOrEqual(4000);
    expect(limit).toBeGreaterThanOrEqual(1000);
    const sample = trainingSample(shape, limit, 'rbf-svm', 0);
    expect(new Set(sample).size).toBe(limit);
    expect(sample).toEqual(trainingSample(shape, limit, 'rbf-svm', 0));
    expect(sample).not.toEqual(trainingSample(shape, limit, 'rbf-svm', 1));
    expect(sampleNote(limit, shape)).toBe(
      `Fitted on a random ${limit} of the 50000 training rows, because its cost grows too fast with more.`,
    );
  });
});
