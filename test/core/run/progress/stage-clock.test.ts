import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/core/run/events';
import { StageClock } from '../../../../src/core/run/progress/stage-clock';

describe('the clock of the stages', () => {
  it('says that a stage begins and ends, and never that it ends before it does', async () => {
    const said: RunEvent[] = [];
    const clock = new StageClock({ emit: (event) => said.push(event) });
    const result = await clock.time('training', (report) => {
      report(0.5, { step: 1, steps: 2 });
      report(1);
      return 'trained';
    });
    expect(result).toBe('trained');
    const fractions = said.map((event) => (event.event === 'progress' ? event.fraction : undefined));
    expect(fractions).toEqual([0, 0.5, 0.999, 1]);
    expect(said[1]).toMatchObject({ stage: 'training', step: 1, steps: 2 });
  });

  it('adds up the seconds of each stage and of all', async () => {
    const clock = new StageClock({ emit: () => undefined });
    await clock.time('reading', () => undefined);
    await clock.within({ emit: () => undefined }).time('predicting', () => undefined);
    expect(Object.keys(clock.timing())).toEqual(['reading', 'predicting', 'total']);
  });
});
