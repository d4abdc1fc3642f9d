import { describe, expect, it } from 'vitest';
import { scheduleFactor, type ScheduleKind } from '../../../../src/core/training/optimiser/schedule';

/** The factors of a training of `steps` equal steps. */
function factors(kind: ScheduleKind, steps: number, warmup: number): number[] {
  return Array.from({ length: steps }, (_, step) => scheduleFactor(kind, step / steps, (step + 1) / steps, warmup));
}

describe('scheduleFactor', () => {
  it('rises in a line to 1 during the warm-up and stays when constant', () => {
    expect(factors('constant', 10, 0.4).map((factor) => Number(factor.toFixed(3)))).toEqual([
      0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 1,
    ]);
  });

  it('falls in a line towards 0, which no step is wasted on', () => {
    expect(factors('linear', 4, 0)).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it('falls along half a cosine', () => {
    expect(factors('cosine', 4, 0).map((factor) => Number(factor.toFixed(4)))).toEqual([1, 0.8536, 0.5, 0.1464]);
  });

  it('never exceeds 1, also when the first step is longer than the warm-up', () => {
    for (const kind of ['cosine', 'linear', 'constant'] as const) {
      for (const factor of factors(kind, 3, 0.1)) expect(factor).toBeLessThanOrEqual(1);
      expect(factors(kind, 3, 0.1)[0]).toBe(1);
    }
  });

  it('stays at the end of the decay when a training takes longer than planned', () => {
    expect(scheduleFactor('linear', 1.2, 1.3, 0)).toBe(0);
    expect(scheduleFactor('cosine', 1.2, 1.3, 0)).toBeCloseTo(0);
  });

  it('is all warm-up when the warm-up is the whole training', () => {
    expect(factors('cosine', 4, 1)).toEqual([0.25, 0.5, 0.75, 1]);
  });
});
