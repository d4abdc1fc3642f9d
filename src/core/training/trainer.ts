import { LiftError, throwIfCancelled } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { Random } from '../foundation/random';
import { lossWeight } from './batches/batch-arrays';
import type { Step } from './batches/epoch-plan';
import { planEpoch } from './batches/epoch-plan';
import type { Gradients } from './loss/gradients';
import { addGradients } from './loss/gradients';
import { copyParameters } from './initial-parameters';
import type { LossGraph } from './loss/loss-graph';
import type { TrainingProgress } from './progress/progress-reporter';
import { ProgressReporter } from './progress/progress-reporter';
import { scheduleFactor } from './optimiser/schedule';
import type { TrainingSettings } from './settings';
import type { TokenExample } from './batches/token-example';
import type { EpochRecord, TrainingProgressState, TrainingState } from './training-state';
import { applyUpdate, maxSkippedInARow } from './optimiser/update';
import { validationLoss } from './loss/validation-loss';

export interface TrainerOptions {
  readonly settings: TrainingSettings;
  /** Tokens of one run of the graph, padding included. */
  readonly runTokens: number;
  /** Names of the parameters that weight decay applies to. */
  readonly decayed: ReadonlySet<string>;
  /** The examples of an epoch (counts from 1); the same each time it is asked. */
  readonly examplesOf: (epoch: number) => Promise<readonly TokenExample[]>;
  readonly validation: readonly TokenExample[];
  /** Called after every step and every validation. */
  readonly save: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  readonly onEpoch?: ((record: EpochRecord, best: boolean) => void) | undefined;
}

/** Why a training is over; undefined when it is not. */
export function trainingEnd(
  { epoch, stepInEpoch, step, best }: TrainingProgressState,
  { epochs, steps, patience }: TrainingSettings,
): 'finished' | 'patience' | undefined {
  // Within an epoch even the last of the steps is followed by its validation.
  if (stepInEpoch > 0) return undefined;
  if (steps === null ? epoch > epochs : step >= steps) return 'finished';
  return patience > 0 && best !== undefined && epoch - 1 - best.epoch >= patience ? 'patience' : undefined;
}

/** The loop of epochs, steps and validations over a state, which it changes in place and keeps whole between steps. */
export class Trainer {
  private reporter: ProgressReporter | undefined;

  constructor(
    private readonly state: TrainingState,
    private readonly graph: LossGraph,
    private readonly options: TrainerOptions,
  ) {}

  /** Trained tokens a second, padding not counted; undefined before the first step. */
  get tokensPerSecond(): number | undefined {
    return this.reporter?.tokensPerSecond;
  }

  /**
   * Trains to the end from wherever the state is, and validates before the first step and after each epoch.
   * @throws LiftError `cancelled`, with the state at a step boundary; `recipe-invalid` when the loss does not stay finite.
   */
  async run(): Promise<'finished' | 'patience'> {
    const { progress } = this.state;
    const { settings, runTokens, save } = this.options;
    const stepTokens = settings.batchTokens * settings.accumulate;
    for (;;) {
      const end = trainingEnd(progress, settings);
      if (end !== undefined) return end;
      const examples = await this.options.examplesOf(progress.epoch);
      const lengths = examples.map((example) => example.tokens.length);
      const steps = planEpoch(lengths, progress.epoch, { runTokens, stepTokens, seed: settings.seed });
      this.reporter ??= this.newReporter(lengths, steps.length);
      if (progress.history.length === 0) {
        await this.validate(0);
        await save();
      }
      while (progress.stepInEpoch < steps.length && progress.step < (settings.steps ?? Infinity)) {
        await this.step(steps, examples);
        await save();
      }
      await this.validate(progress.epoch);
      Object.assign(progress, { epoch: progress.epoch + 1, stepInEpoch: 0, lossSum: 0, weightSum: 0 });
      await save();
    }
  }

  private newReporter(lengths: readonly number[], steps: number): ProgressReporter {
    const { settings, validation, onProgress } = this.options;
    const tokens = lengths.reduce((sum, length) => sum + length, 0);
    const validationTokens = validation.reduce((sum, example) => sum + example.tokens.length, 0);
    return new ProgressReporter(settings, { tokens, steps, validationTokens }, this.state.progress.step, onProgress);
  }

  /** Learning rate of the next step. */
  private learningRate(stepsInEpoch: number): number {
    const { epoch, stepInEpoch, step } = this.state.progress;
    const { learningRate, schedule, warmup, epochs, steps } = this.options.settings;
    const share = (done: number): number =>
      steps === null ? (epoch - 1 + (stepInEpoch + done) / stepsInEpoch) / epochs : (step + done) / steps;
    return learningRate * scheduleFactor(schedule, share(0), share(1), warmup);
  }

  private async step(steps: readonly Step[], examples: readonly TokenExample[]): Promise<void> {
    const { state, options } = this;
    const { progress } = state;
    const step = steps[progress.stepInEpoch]!;
    const learningRate = this.learningRate(steps.length);
    let weight = 0;
    for (const { placements } of step) {
      for (const { example } of placements) weight += lossWeight(examples[example]!);
    }
    const dropout = Random.derive(options.settings.seed, `dropout-${progress.step}`);
    let loss = 0;
    let tokens = 0;
    let gradients: Gradients | undefined;
    const started = performance.now();
    for (const batch of step) {
      throwIfCancelled(options.signal);
      const run = await this.graph.gradients(batch, examples, weight > 0 ? 1 / weight : 0, dropout.nextUint32() | 0);
      loss += run.loss;
      if (gradients === undefined) gradients = run.gradients;
      else addGradients(gradients, run.gradients);
      const runTokens = batch.placements.reduce((sum, { example }) => sum + examples[example]!.tokens.length, 0);
      tokens += runTokens;
      this.reporter!.trained(runTokens, progress);
    }
    const { weightDecay, clip } = options.settings;
    const updated = applyUpdate(state, loss, gradients!, { learningRate, weightDecay, clip, decayed: options.decayed });
    progress.stepInEpoch++;
    progress.step++;
    progress.tokens += tokens;
    if (updated) {
      progress.lossSum += loss * weight;
      progress.weightSum += weight;
    } else this.checkDiverged(learningRate, progress.stepInEpoch === steps.length);
    const seconds = (performance.now() - started) / 1000;
    this.reporter!.stepped({ tokens, seconds, loss, learningRate: learningRate * progress.rateFactor }, progress);
  }

  /** After a skipped step: gives up after many in a row, or an epoch without any other. */
  private checkDiverged(learningRate: number, epochOver: boolean): void {
    const { skippedInARow, step, rateFactor, weightSum } = this.state.progress;
    if (skippedInARow < maxSkippedInARow && !(epochOver && weightSum === 0)) return;
    throw new LiftError(
      'recipe-invalid',
      phrase`Training does not converge: at step ${step} the loss has been infinite or not a number ${skippedInARow} times in a row, although the learning rate was halved each time, from ${learningRate} to ${learningRate * rateFactor}.`,
      'Lower training.learningRate by a factor of ten, or check that the model itself is intact.',
    );
  }

  /** Records the end of an epoch, and keeps its parameters when it is the best so far. */
  private async validate(epoch: number): Promise<void> {
    const { state, options, reporter } = this;
    const { progress } = state;
    const measured = await validationLoss(this.graph, options.validation, {
      runTokens: options.runTokens,
      signal: options.signal,
      onTokens: (tokens) => {
        reporter!.validated(tokens, progress);
      },
    });
    const loss = Number.isFinite(measured) ? measured : undefined;
    const trainLoss = progress.weightSum > 0 ? progress.lossSum / progress.weightSum : undefined;
    const record: EpochRecord = { epoch, trainLoss, validationLoss: loss };
    progress.history.push(record);
    const best = loss !== undefined && loss < (progress.best?.validationLoss ?? Infinity);
    if (best) {
      progress.best = { epoch, validationLoss: loss };
      state.bestParameters = copyParameters(state.parameters);
    }
    options.onEpoch?.(record, best);
  }
}
