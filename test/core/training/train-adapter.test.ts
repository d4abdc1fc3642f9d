import { beforeAll, describe, expect, it } from 'vitest';
import { english } from '../../../src/core/foundation/phrase';
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
    const result = await trainAdapter(requestOf({ method, epochs: 120 }, { train, validation: train }));
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

  it('keeps the outputs of the frozen layers and trains as without', async () => {
    const settings = { epochs: 3, lora: { ...settingsOf().lora, layers: 1 } } as const;
    const plain = await trainAdapter(requestOf({ ...settings, cacheTrunk: false }));
    const cached = await trainAdapter(requestOf(settings));
    expect([plain.trunk, cached.trunk]).toEqual(['none', 'memory']);
    expect([...cached.parameters.keys()]).toEqual([...plain.parameters.keys()]);
    expect([...cached.parameters.keys()].every((name) => name.includes('layers.1.'))).toBe(true);
    for (const [epoch, { validationLoss }] of cached.history.entries()) {
      expect(validationLoss).toBeCloseTo(plain.history[epoch]!.validationLoss!, 4);
    }
    for (const [name, { data }] of cached.parameters) {
      const expected = plain.parameters.get(name)!.data;
      for (const [index, value] of data.entries()) expect(value).toBeCloseTo(expected[index]!, 3);
    }
  });

  it('does not keep them when prompts change from epoch to epoch, and says so', async () => {
    const notices: string[] = [];
    const result = await trainAdapter(
      requestOf(
        { epochs: 2, cacheTrunk: true, lora: { ...settingsOf().lora, layers: 1 } },
        { train: (epoch) => randomTexts(24, epoch), onNotice: (message) => notices.push(english(message)) },
      ),
    );
    expect(result.trunk).toBe('none');
    expect(notices).toEqual(['The frozen layers run in every epoch, as the prompts change from epoch to epoch.']);
  });

  it('goes on from the parameters of an earlier training', async () => {
    const first = await trainAdapter(requestOf({ epochs: 3 }));
    const second = await trainAdapter(requestOf({ epochs: 1 }, { start: first.parameters }));
    const best = Math.min(...first.history.map(({ validationLoss }) => validationLoss!));
    expect(second.history[0]!.validationLoss).toBe(best);
  });

  it('refuses to start from an adapter of another shape', async () => {
    const { parameters } = await trainAdapter(requestOf({ steps: 1 }));
    const other = requestOf({ lora: { ...settingsOf().lora, rank: 2 } }, { start: parameters });
    await expect(trainAdapter(other)).rejects.toMatchObject({ code: 'adapter-invalid' });
    const fewer = requestOf({ lora: { ...settingsOf().lora, targetModules: ['q_proj'] } }, { start: parameters });
    await expect(trainAdapter(fewer)).rejects.toMatchObject({ code: 'adapter-invalid' });
  });

  it('restricts the softmax to the tokens of answers', async () => {
    const result = await trainAdapter(requestOf({ softmax: 'answers', epochs: 1 }));
    expect([...result.answerTokens!]).toEqual([10, 11, 12, 13, 15]);
    const full = await trainAdapter(requestOf({ epochs: 1 }));
    expect(result.history[0]!.validationLoss).toBeLessThan(full.history[0]!.validationLoss!);
  });

  it('starts lora_A as PEFT does, uniform in ±1/√in, by the seed, and lora_B at zero', async () => {
    const { parameters } = await trainAdapter(requestOf({ epochs: 0 }));
    for (const [name, { shape, data }] of parameters) {
      if (name.endsWith('lora_B')) expect(data.every((value) => value === 0)).toBe(true);
      else {
        const bound = 1 / Math.sqrt(shape[1]!);
        const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(largest).toBeLessThanOrEqual(bound);
        expect(largest).toBeGreaterThan(0.9 * bound);
      }
    }
    const again = await trainAdapter(requestOf({ epochs: 0 }));
    const other = await trainAdapter(requestOf({ epochs: 0, seed: 1 }));
    expect(bytesOf(again.parameters)).toBe(bytesOf(parameters));
    expect(bytesOf(other.parameters)).not.toBe(bytesOf(parameters));
  });

  it('keeps the untrained model when training only makes it worse', async () => {
    const { parameters } = await trainAdapter(requestOf({ epochs: 30 }));
    const start = parameters;
    const result = await trainAdapter(requestOf({ epochs: 2, learningRate: 5, clip: 0 }, { start }));
    expect(result.bestEpoch).toBe(0);
    expect(bytesOf(result.parameters)).toBe(bytesOf(start));
  });

  it('says that there is nothing to train on', async () => {
    await expect(trainAdapter(requestOf({}, { train: [] }))).rejects.toMatchObject({ code: 'usage' });
  });

  it('names the row that is too long for the model', async () => {
    const train = [...randomTexts(2, 1), { tokens: new Int32Array(65), lossPositions: Int32Array.of(64) }];
    await expect(trainAdapter(requestOf({}, { train }))).rejects.toThrow('training row 3 has 65 tokens');
  });
});
