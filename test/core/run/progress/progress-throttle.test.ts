import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/core/run/events';
import { throttleProgress } from '../../../../src/core/run/progress/progress-throttle';

describe('the progress throttle', () => {
  it('passes at most ten progress events a second, and every beginning and end of a stage', () => {
    const passed: RunEvent[] = [];
    let now = 0;
    const emit = throttleProgress(
      (event) => passed.push(event),
      () => now,
    );
    for (now = 0; now <= 1000; now++) {
      emit({ event: 'progress', stage: 'training', fraction: now / 1000 });
    }
    emit({ event: 'progress', stage: 'predicting', fraction: 0 });
    // At 0, 100, … 1000 ms; the last of them is the end of the stage; then the next stage begins.
    expect(passed).toHaveLength(12);
    expect(passed.at(-2)).toMatchObject({ stage: 'training', fraction: 1 });
    expect(passed.at(-1)).toMatchObject({ stage: 'predicting', fraction: 0 });
  });

  it('passes everything that is not progress', () => {
    const passed: RunEvent[] = [];
    const emit = throttleProgress(
      (event) => passed.push(event),
      () => 0,
    );
    for (let index = 0; index < 50; index++) emit({ event: 'notice', level: 'info', message: String(index) });
    expect(passed).toHaveLength(50);
  });
});
