import { describe, expect, it } from 'vitest';
import { WorkMeter } from '../../../../src/core/training/progress/work-meter';

describe('WorkMeter', () => {
  it('extends the pace so far to what is left', () => {
    let time = 100;
    const meter = new WorkMeter(10, 0, () => time);
    expect(meter.secondsLeft).toBeUndefined();
    meter.add(2);
    time = 104;
    expect(meter.fraction).toBeCloseTo(0.2);
    expect(meter.secondsLeft).toBeCloseTo(16);
  });

  it('takes the pace from this session only', () => {
    let time = 0;
    const meter = new WorkMeter(10, 6, () => time);
    meter.add(1);
    time = 5;
    expect(meter.fraction).toBeCloseTo(0.7);
    expect(meter.secondsLeft).toBeCloseTo(15);
  });

  it('never says more than done', () => {
    const meter = new WorkMeter(1, 0, () => 1);
    meter.add(2);
    expect([meter.fraction, meter.secondsLeft]).toEqual([1, 0]);
  });

  it('counts tokens by the time they took', () => {
    const meter = new WorkMeter(1, 0);
    expect(meter.tokensPerSecond).toBeUndefined();
    meter.addTokens(100, 0.5);
    meter.addTokens(200, 1);
    expect(meter.tokensPerSecond).toBeCloseTo(200);
  });
});
