import type { TrainingSettings } from '../settings';
import { WorkMeter } from './work-meter';

/** Where a training is, for people. */
export interface TrainingProgress {
  readonly phase: 'caching' | 'training' | 'validating';
  /** Of the whole training, 0 … 1. */
  readonly fraction: number;
  readonly secondsLeft: number | undefined;
  readonly epoch: number;
  /** Epochs done, with the part of the present one. */
  readonly epochsDone: number;
  readonly step: number;
  /** Steps in all, estimated from the first epoch. */
  readonly steps: number;
  /** Mean loss per token of the last step, in nats; undefined before it, or when it was not finite. */
  readonly loss: number | undefined;
  readonly learningRate: number | undefined;
  /** Trained tokens a second, padding not counted. */
  readonly tokensPerSecond: number | undefined;
}

/** What one epoch is made of. */
export interface EpochSize {
  readonly tokens: number;
  readonly steps: number;
  readonly validationTokens: number;
}

interface Where {
  readonly epoch: number;
  readonly step: number;
}

/** Cost of training on a token relative to a forward pass over it: one forward, two backward. */
export const trainingCost = 3;

/** Turns what the trainer does into progress for people. */
export class ProgressReporter {
  private readonly meter: WorkMeter;
  private readonly steps: number;
  private loss: number | undefined;
  private learningRate: number | undefined;

  /** @param done steps that earlier sessions did */
  constructor(
    settings: Pick<TrainingSettings, 'epochs' | 'steps'>,
    private readonly size: EpochSize,
    done: number,
    private readonly report: ((progress: TrainingProgress) => void) | undefined,
  ) {
    this.steps = settings.steps ?? settings.epochs * size.steps;
    const epochs = this.steps / Math.max(1, size.steps);
    const epochCost = size.tokens * trainingCost + size.validationTokens;
    const total = epochs * epochCost + size.validationTokens;
    const before = done === 0 ? 0 : size.validationTokens + (done / Math.max(1, size.steps)) * epochCost;
    this.meter = new WorkMeter(total, before);
  }

  /** After each run of the graph within a step. */
  trained(tokens: number, where: Where): void {
    this.meter.add(tokens * trainingCost);
    this.emit('training', where);
  }

  /** After each optimiser step, which took `seconds` for all its `tokens`. */
  stepped(done: { tokens: number; seconds: number; loss: number; learningRate: number }, where: Where): void {
    this.meter.addTokens(done.tokens, done.seconds);
    this.loss = Number.isFinite(done.loss) ? done.loss : undefined;
    this.learningRate = done.learningRate;
    this.emit('training', where);
  }

  validated(tokens: number, where: Where): void {
    this.meter.add(tokens);
    this.emit('validating', where);
  }

  get tokensPerSecond(): number | undefined {
    return this.meter.tokensPerSecond;
  }

  private emit(phase: 'training' | 'validating', { epoch, step }: Where): void {
    const { fraction, secondsLeft, tokensPerSecond } = this.meter;
    const { steps, loss, learningRate } = this;
    const epochsDone = step / Math.max(1, this.size.steps);
    this.report?.({
      phase,
      fraction,
      secondsLeft,
      epoch,
      epochsDone,
      step,
      steps,
      loss,
      learningRate,
      tokensPerSecond,
    });
  }
}
