import { describe, expect, it } from 'vitest';
import { planTrunk } from '../../../../src/core/training/trunk/trunk-policy';
import { inEnglish } from '../../../helpers/in-english';

const megabyte = 2 ** 20;
const auto = { cacheTrunk: 'auto', epochs: 3, steps: null } as const;

describe('planTrunk', () => {
  it('keeps what fits in memory, then on the disk where there is a folder', () => {
    expect(planTrunk(auto, 4, 100 * megabyte, true)).toEqual({ place: 'memory' });
    expect(planTrunk(auto, 4, 5000 * megabyte, true)).toEqual({ place: 'disk' });
  });

  it('says why it keeps nothing', () => {
    expect(inEnglish(planTrunk(auto, 4, 5000 * megabyte, false))).toMatchObject({
      place: 'none',
      reason: expect.stringContaining('4.9 GB') as string,
    });
    expect(inEnglish(planTrunk(auto, 4, 50_000 * megabyte, true))).toMatchObject({
      place: 'none',
      reason: expect.stringContaining('48.8 GB') as string,
    });
    expect(inEnglish(planTrunk(auto, 4, undefined, true))).toMatchObject({
      place: 'none',
      reason: expect.stringContaining('change') as string,
    });
  });

  it('has nothing to keep when all layers are trained, when it is switched off, or for a single epoch', () => {
    expect(planTrunk(auto, 0, megabyte, true)).toEqual({ place: 'none' });
    expect(planTrunk({ ...auto, cacheTrunk: false }, 4, megabyte, true)).toEqual({ place: 'none' });
    expect(planTrunk({ ...auto, epochs: 1 }, 4, megabyte, true)).toEqual({ place: 'none' });
    expect(planTrunk({ ...auto, epochs: 1, cacheTrunk: true }, 4, megabyte, true)).toEqual({ place: 'memory' });
  });
});
