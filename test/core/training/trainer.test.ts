import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { Random } from '../../../src/core/foundation/random';
import type { LossAndGradients } from '../../../src/core/training/loss/loss-graph';
import type { TrainingSettings } from '../../../src/core/training/settings';
import type { TokenExample } from '../../../src/core/training/batches/token-example';
import type { TrainerOptions } from '../../../src/core/training/trainer';
import { Trainer } from '../../../src/core/training/trainer';
import type { TrainingProgress } from '../../../src/core/training/progress/progress-reporter';
import type { EpochRecord } from '../../../src/core/training/training-state';
import { freshState } from '../../../src/core/training/training-state';
import { BigramModel } from './bigram-model';
import { settingsOf } from './settings-of';

const vocabulary = 6;

/** Texts in which each token is followed by its successor. */
function countingTexts(count: number, seed: number): TokenExample[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const start = random.below(vocabulary);
    const tokens = Int32Array.from({ length: 2 + random.below(5) }, (_, index) => (start + index) % vocabulary);
    return { tokens, lossPositions: Int32Array.from(tokens.keys()).slice(1) };
  });
}

function optionsOf(settings: Partial<TrainingSettings>, more: Partial<TrainerOptions> = {}): TrainerOptions {
  const train = countingTexts(40, 1);
  return {
    settings: settingsOf({ learningRate: 0.1, batchTokens: 32, ...settings }),
    runTokens: 16,
    decayed: new Set(['table']),
    examplesOf: () => Promise.resolve(train),
    validation: countingTexts(10, 2),
    save: () => Promise.resolve(),
    ...more,
  };
}

describe('Trainer', () => {
  it('learns, and validates before the first step and after each epoch', async () => {
    const model = new BigramModel(vocabulary);
    const state = freshState(model.parameters);
    const records: EpochRecord[] = [];
    const onEpoch = (record: EpochRecord): number => records.push(record);
    const trainer = new Trainer(state, model, optionsOf({ epochs: 20 }, { onEpoch }));
    expect(await trainer.run()).toBe('finished');
    expect(records.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 21 }, (_, epoch) => epoch));
    expect(records[0]!.validationLoss).toBeCloseTo(Math.log(vocabulary));
    expect(records[20]!.validationLoss).toBeLessThan(0.1);
    expect(state.progress.history).toEqual(records);
    expect(trainer.tokensPerSecond).toBeGreaterThan(0);
  });

  it('stops after the given number of steps', async () => {
    const model = new BigramModel(vocabulary);
    const state = freshState(model.parameters);
    await new Trainer(state, model, optionsOf({ steps: 7, epochs: 1 })).run();
    expect(state.progress.step).toBe(7);
    expect(state.progress.history.at(-1)!.validationLoss).toBeLessThan(Math.log(vocabulary));
  });

  it('takes the same step from one batch as from the same rows in several accumulated runs', async () => {
    const table = async (runTokens: number): Promise<Float32Array> => {
      const model = new BigramModel(vocabulary);
      const settings = { steps: 1, batchTokens: 10_000, weightDecay: 0.1 };
      await new Trainer(freshState(model.parameters), model, { ...optionsOf(settings), runTokens }).run();
      expect(model.runs).toBe(runTokens === 10_000 ? 1 : model.runs);
      return model.parameters.get('table')!.data;
    };
    const whole = await table(10_000);
    for (const [index, value] of (await table(16)).entries()) expect(value).toBeCloseTo(whole[index]!, 6);
  });

  it('keeps the parameters of the best epoch and stops when patience runs out', async () => {
    const model = new BigramModel(vocabulary);
    const state = freshState(model.parameters);
    const train = countingTexts(10, 1);
    const contrary: TokenExample[] = [{ tokens: Int32Array.of(0, 1, 3), lossPositions: Int32Array.of(1, 2) }];
    const options = optionsOf(
      { epochs: 50, patience: 2 },
      { examplesOf: () => Promise.resolve(train), validation: contrary },
    );
    expect(await new Trainer(state, model, options).run()).toBe('patience');
    const { best, history } = state.progress;
    expect(history.at(-1)!.epoch).toBe(best!.epoch + 2);
    expect(best!.validationLoss).toBe(Math.min(...history.map((record) => record.validationLoss!)));
    const kept = new BigramModel(vocabulary, state.bestParameters);
    const batch = { rows: 1, length: 3, placements: [{ example: 0, row: 0, offset: 0 }] };
    expect((await kept.loss(batch, contrary)) / 2).toBe(best!.validationLoss);
  });

  it('continues from a copy of its state exactly as if it had not stopped', async () => {
    const settings = { epochs: 3, schedule: 'cosine', warmup: 0.2 } as const;
    const model = new BigramModel(vocabulary);
    await new Trainer(freshState(model.parameters), model, optionsOf(settings)).run();
    const whole = model.parameters.get('table')!.data;

    for (const stopAfter of [1, 5, 11]) {
      const first = new BigramModel(vocabulary);
      const state = freshState(first.parameters);
      const controller = new AbortController();
      const save = (): Promise<void> => {
        if (state.progress.step === stopAfter) controller.abort();
        return Promise.resolve();
      };
      const stopped = new Trainer(state, first, optionsOf(settings, { save, signal: controller.signal })).run();
      await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
      expect(state.progress.step).toBe(stopAfter);
      const copy = structuredClone(state);
      const second = new BigramModel(vocabulary, copy.parameters);
      await new Trainer(copy, second, optionsOf(settings)).run();
      expect(second.parameters.get('table')!.data).toEqual(whole);
    }
  });

  it('skips a step without a finite gradient, and halves the learning rate', async () => {
    class Faulty extends BigramModel {
      override async gradients(...args: Parameters<BigramModel['gradients']>): Promise<LossAndGradients> {
        const run = await super.gradients(...args);
        if (this.runs === 2) run.gradients.get('table')![0] = NaN;
        return run;
      }
    }
    const model = new Faulty(vocabulary);
    const state = freshState(model.parameters);
    await new Trainer(state, model, optionsOf({ steps: 4 })).run();
    expect(state.progress).toMatchObject({ step: 4, updates: 3, skippedSteps: 1, rateFactor: 0.5 });
    expect(model.parameters.get('table')!.data.every(Number.isFinite)).toBe(true);
  });

  it('gives up with advice when the loss is never finite', async () => {
    const model = new BigramModel(vocabulary);
    model.parameters.get('table')!.data.fill(NaN);
    const run = new Trainer(freshState(model.parameters), model, optionsOf({})).run();
    const error = await run.catch((thrown: unknown) => thrown);
    expect(LiftError.is(error, 'recipe-invalid') && error.hint).toContain('learningRate');
  });

  it('reports a fraction that grows to 1, the loss of the step and the time left', async () => {
    const model = new BigramModel(vocabulary);
    const reports: TrainingProgress[] = [];
    const onProgress = (progress: TrainingProgress): number => reports.push(progress);
    await new Trainer(freshState(model.parameters), model, optionsOf({ epochs: 2 }, { onProgress })).run();
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBeCloseTo(1);
    const last = reports.filter(({ phase }) => phase === 'training').at(-1)!;
    expect(last.step).toBe(last.steps);
    expect(last.loss).toBeLessThan(Math.log(vocabulary));
    expect(reports.at(-1)!.secondsLeft).toBeCloseTo(0);
  });
});
