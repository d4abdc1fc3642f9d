import { describe, expect, it } from 'vitest';
import type { TrainingProgress } from '../../../../src/core/training/progress/progress-reporter';
import { trunkProgress } from '../../../../src/core/training/trunk/trunk-progress';

const training: TrainingProgress = {
  phase: 'training',
  fraction: 0.5,
  secondsLeft: 3,
  epoch: 1,
  epochsDone: 0.5,
  step: 2,
  steps: 4,
  loss: 1,
  learningRate: 1e-3,
  tokensPerSecond: 100,
};

describe('trunkProgress', () => {
  it('gives the trunk and the training after it their shares of one fraction that grows to 1', () => {
    const fractions: number[] = [];
    // Half of the layers once over 600 tokens, the other half forward and backward over 200: as much work.
    const work = { share: 0.5, trunkTokens: 600, trainedTokens: 200, validatedTokens: 0 };
    const { onTrunkTokens, onProgress } = trunkProgress(work, ({ fraction }) => fractions.push(fraction));
    onTrunkTokens(300);
    onTrunkTokens(300);
    onProgress!(training);
    onProgress!({ ...training, fraction: 1 });
    expect(fractions.map((fraction) => Number(fraction.toFixed(6)))).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('leaves the training its whole fraction without a trunk', () => {
    const reports: TrainingProgress[] = [];
    const work = { share: 0, trunkTokens: 600, trainedTokens: 200, validatedTokens: 10 };
    trunkProgress(work, (progress) => reports.push(progress)).onProgress!(training);
    expect(reports).toEqual([training]);
  });
});
