import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events';
import { TrainingRecord } from '../../../src/extension/training/training-record';

function step(epoch: number, loss: number): RunEvent {
  return { event: 'progress', stage: 'training', fraction: epoch / 4, epoch, loss };
}

function epoch(number: number, best: boolean): RunEvent {
  return { event: 'epoch', epoch: number, epochs: 4, trainLoss: 1 / number, validationLoss: 2 / number, best };
}

function recordOf(...events: RunEvent[]): TrainingRecord {
  const record = new TrainingRecord();
  for (const event of events) record.add(event);
  return record;
}

describe('TrainingRecord', () => {
  it('keeps every step within an epoch, at its place', () => {
    const { steps } = recordOf(step(0.25, 3), step(0.5, 2), step(0.5, 2), step(0.75, 1));
    expect(steps).toEqual([
      { epoch: 0.25, loss: 3 },
      { epoch: 0.5, loss: 2 },
      { epoch: 0.75, loss: 1 },
    ]);
  });

  it('takes the newest word of a run that was resumed from before the last thing it said', () => {
    const { steps, epochs } = recordOf(step(0.5, 3), step(1, 2), epoch(1, true), step(0.75, 2.5), epoch(1, true));
    expect(steps.map(({ loss }) => loss)).toEqual([3, 2.5]);
    expect(epochs.map((row) => row.epoch)).toEqual([1]);
  });

  it('marks only the newest of the best epochs', () => {
    const { epochs } = recordOf(epoch(1, true), epoch(2, true), epoch(3, false));
    expect(epochs.map(({ best }) => best)).toEqual([false, true, false]);
  });

  it('stays light on long runs, from their first step to their last', () => {
    const { steps } = recordOf(...Array.from({ length: 50_000 }, (_, index) => step((index + 1) / 1000, 1)));
    expect(steps.length).toBeGreaterThan(900);
    expect(steps.length).toBeLessThanOrEqual(2000);
    expect(steps[0]!.epoch).toBeLessThan(0.1);
    expect(steps.at(-1)!.epoch).toBeGreaterThan(49);
  });
});
