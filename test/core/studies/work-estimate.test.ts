import { describe, expect, it } from 'vitest';
import { inContext } from '../../../src/core/studies/kinds/in-context';
import { Pace, WorkEstimate } from '../../../src/core/studies/work-estimate';
import type { Work } from '../../../src/core/studies/work-estimate';
import { studyInput } from './study-input';

const work = (trained: number, answered: number, baselineRows = 0): Work => ({ trained, answered, baselineRows });

describe('the estimate of a study', () => {
  it('knows nothing before a run was timed', () => {
    expect(new Pace().seconds([work(1, 1)])).toBeUndefined();
  });

  it('tells learning, answering, baselines and what else each run takes apart', () => {
    const pace = new Pace();
    pace.add(work(1000, 100, 50), { training: 20, predicting: 1, calibrating: 1, baselines: 5, total: 30 });
    expect(pace.seconds([work(1000, 100, 50)])).toBeCloseTo(30);
    expect(pace.seconds([work(0, 100), work(2000, 100)])).toBeCloseTo(3 + 2 + 3 + 40 + 2);
  });

  it('takes learning to be as fast as answering while only answers were timed', () => {
    const pace = new Pace();
    pace.add(work(0, 100), { predicting: 1, total: 1 });
    expect(pace.seconds([work(300, 100)])).toBeCloseTo(4);
  });

  it('sees that a run which only reads rows learns nothing', async () => {
    const input = studyInput('kind');
    const estimate = new WorkEstimate(input);
    const runs = (await inContext.plan(input)).filter(({ seed }) => seed === 0);
    const [readRandom, , tunedFew, tunedAll] = runs.map((run) => estimate.of(run));
    expect(readRandom!.trained).toBe(0);
    expect(readRandom!.answered).toBeGreaterThan(0);
    expect(tunedAll!.trained).toBeGreaterThan(tunedFew!.trained);
    expect(tunedAll!.baselineRows).toBe(90);
  });
});
