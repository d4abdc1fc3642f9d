import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelFolder } from '../../../src/core/model/model-folder';
import type { Parameters } from '../../../src/core/training/initial-parameters';
import type { TrainingSettings } from '../../../src/core/training/settings';
import { trainAdapter } from '../../../src/core/training/train-adapter';
import type { TrainingRequest } from '../../../src/core/training/training-request';
import { temporaryFolders } from '../model/temporary-folder';
import { randomTexts } from './random-texts';
import { settingsOf } from './settings-of';
import { tinyLanguageModel } from './tiny-language-model';

const newFolder = temporaryFolders();
let model: ModelFolder;

beforeAll(async () => {
  model = await tinyLanguageModel(await newFolder());
});

function requestOf(settings: Partial<TrainingSettings>, more: Partial<TrainingRequest> = {}): TrainingRequest {
  return {
    model,
    train: randomTexts(24, 1),
    validation: randomTexts(8, 2),
    settings: settingsOf({ learningRate: 0.02, batchTokens: 100, ...settings }),
    threads: 1,
    ...more,
  };
}

function bytesOf(parameters: Parameters): string {
  return [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { data }]) => `${name} ${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')}`)
    .join('\n');
}

describe('trainAdapter', () => {
  it.each(['lora', 'full'] as const)('learns a handful of texts by heart (%s)', async (method) => {
    const train = randomTexts(4, 1);
    const result = await trainAdapter(requestOf({ method, epochs: 200 }, { train, validation: train }));
    expect(result.stopped).toBe('finished');
    expect(result.history[0]!.validationLoss).toBeGreaterThan(4);
    expect(result.history.at(-1)!.validationLoss).toBeLessThan(0.05);
    expect(result.tokensPerSecond).toBeGreaterThan(0);
  });

  it('continues to the very same bytes after being stopped at any step', async () => {
    const settings = {
      epochs: 3,
      schedule: 'cosine',
      warmup: 0.3,
      lora: { ...settingsOf().lora, dropout: 0.1 },
    } as const;
    const whole = await trainAdapter(requestOf(settings));
    for (const stopAfter of [1, 4, 7]) {
      const checkpointFolder = await newFolder();
      const controller = new AbortController();
      const stopped = await trainAdapter(
        requestOf(settings, {
          checkpointFolder,
          checkpointSeconds: 0,
          signal: controller.signal,
          onProgress: ({ step }) => {
            if (step === stopAfter) controller.abort();
          },
        }),
      );
      expect(stopped).toMatchObject({ stopped: 'cancelled', steps: stopAfter });
      const resumed = await trainAdapter(requestOf(settings, { checkpointFolder }));
      expect(resumed).toMatchObject({ stopped: 'finished', resumedAtStep: stopAfter });
      expect(resumed.history).toEqual(whole.history);
      expect(bytesOf(resumed.parameters)).toBe(bytesOf(whole.parameters));
    }
  });
});
