import type { TrainingSettings } from '../../../src/core/training/settings';

/** Plain settings, with changes. */
export function settingsOf(changes: Partial<TrainingSettings> = {}): TrainingSettings {
  return {
    method: 'lora',
    lora: { rank: 4, alpha: 8, dropout: 0, targetModules: 'all-linear', layers: 'all' },
    epochs: 1,
    steps: null,
    batchTokens: 256,
    accumulate: 1,
    learningRate: 0.01,
    schedule: 'constant',
    warmup: 0,
    weightDecay: 0,
    clip: 1,
    softmax: 'full',
    patience: 0,
    seed: 0,
    cacheTrunk: 'auto',
    ...changes,
  };
}
