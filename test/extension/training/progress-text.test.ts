import { expect, it } from 'vitest';
import { progressText } from '../../../src/extension/training/progress-text';

it('progress is told as a share and the time that is left, where these are known', () => {
  const progress = { event: 'progress', stage: 'training', fraction: 0.424 } as const;
  expect(progressText(progress)).toBe('Training 42 %');
  expect(progressText({ ...progress, secondsLeft: 80 })).toBe('Training 42 %, 1 min 20 s left');
  expect(progressText({ ...progress, stage: 'waiting', fraction: 0 })).toBe('Waiting for the service');
});
