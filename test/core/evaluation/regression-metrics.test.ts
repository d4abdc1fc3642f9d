import { describe, expect, it } from 'vitest';
import { regressionMetrics } from '../../../src/core/evaluation/regression-metrics';
import { readFixture } from './fixture';

type Names = 'rmse' | 'mae' | 'r2' | 'rae' | 'intervalCoverage' | 'intervalWidth';

const { regression } = readFixture('metrics') as {
  regression: Record<'truth' | 'predicted' | 'lower' | 'upper', number[]> & { expected: Record<Names, number> };
};

describe('regression metrics', () => {
  it('agree with scikit-learn', () => {
    const { expected, ...outcome } = regression;
    const metrics = regressionMetrics(outcome);
    for (const name of Object.keys(expected) as Names[]) expect(metrics[name], name).toBeCloseTo(expected[name], 9);
  });

  it('have a relative error of one for the mean of the truth', () => {
    const metrics = regressionMetrics({ truth: [1, 2, 6], predicted: [3, 3, 3] });
    expect(metrics).toMatchObject({ rae: 1, r2: 0, intervalCoverage: null, intervalWidth: null });
  });

  it('have no relative errors when the truth is constant', () => {
    expect(regressionMetrics({ truth: [0.1, 0.1, 0.1], predicted: [0, 0.1, 0.2] })).toMatchObject({
      r2: null,
      rae: null,
    });
  });

  it('name the row whose prediction is not a number', () => {
    expect(() => regressionMetrics({ truth: [1, 2], predicted: [1, NaN] })).toThrow('row 1');
    expect(() => regressionMetrics({ truth: [], predicted: [] })).toThrow('no rows');
    expect(() => regressionMetrics({ truth: [1], predicted: [1, 2] })).toThrow('2 predictions');
  });
});
