import { describe, expect, it } from 'vitest';
import { expectedCalibrationError, reliabilityTable } from '../../../src/core/evaluation/reliability';

describe('reliability table', () => {
  it('puts a confidence on an edge into the lower bin, and 0 and 1 into the outermost', () => {
    const bins = reliabilityTable([0, 0.2, 0.5, 1], [false, true, false, true], 5);
    expect(bins.map((bin) => bin.count)).toEqual([2, 0, 1, 0, 1]);
    expect(bins[0]).toEqual({ lower: 0, upper: 0.2, count: 2, confidence: 0.1, accuracy: 0.5 });
    expect(bins[1]).toMatchObject({ confidence: null, accuracy: null });
  });

  it('weighs the gap of each bin by its share of the rows', () => {
    const bins = reliabilityTable([0.9, 0.9, 0.9, 0.3], [true, true, false, false], 10);
    expect(expectedCalibrationError(bins)).toBeCloseTo((3 * Math.abs(0.9 - 2 / 3) + 0.3) / 4, 12);
  });
});
