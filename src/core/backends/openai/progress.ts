import type { EpochRecord } from '../../training/training-state';
import type { Checkpoint, JobEvent } from './schemas';

/** What a step of the training has come to. */
export interface StepMetrics {
  readonly step: number;
  readonly steps: number | undefined;
  readonly trainLoss: number | undefined;
}

/** An epoch that is over; `best`: none before had a lower validation loss. */
export interface EndedEpoch extends EpochRecord {
  readonly trainLoss: number;
  readonly best: boolean;
}

/** Makes epochs of the steps that a service tells. */
export class EpochCollector {
  readonly history: EndedEpoch[] = [];
  private losses: number[] = [];
  private validation: number[] = [];
  private full: number | undefined;
  private last: StepMetrics | undefined;

  constructor(private epochs: number) {}

  /** The service may have chosen another number than it was asked for. */
  expect(epochs: number): void {
    this.epochs = epochs;
  }

  get steps(): number {
    return this.last?.step ?? 0;
  }

  /** Undefined for an event that tells no step. */
  take({ data, message }: JobEvent): { step: StepMetrics; ended: EndedEpoch | undefined } | undefined {
    const [, stepTold, stepsTold] = /\bstep (\d+)(?:\/(\d+))?/iu.exec(message) ?? [];
    const step = data?.step ?? (stepTold === undefined ? undefined : Number(stepTold));
    if (step === undefined) return undefined;
    const steps = data?.total_steps ?? (stepsTold === undefined ? undefined : Number(stepsTold));
    this.last = { step, steps: steps ?? this.last?.steps, trainLoss: data?.train_loss ?? undefined };
    if (this.last.trainLoss !== undefined) this.losses.push(this.last.trainLoss);
    if (typeof data?.valid_loss === 'number') this.validation.push(data.valid_loss);
    this.full = data?.full_valid_loss ?? this.full;
    const total = this.last.steps;
    const isOver = total !== undefined && step >= Math.round(((this.history.length + 1) * total) / this.epochs);
    return { step: this.last, ended: isOver ? this.end() : undefined };
  }

  private end(): EndedEpoch | undefined {
    const trainLoss = mean(this.losses);
    const validationLoss = this.full ?? mean(this.validation);
    [this.losses, this.validation, this.full] = [[], [], undefined];
    if (trainLoss === undefined) return undefined;
    const before = this.history.flatMap((epoch) => epoch.validationLoss ?? []);
    const best = validationLoss === undefined || before.every((loss) => validationLoss < loss);
    const ended = { epoch: this.history.length + 1, trainLoss, validationLoss, best };
    this.history.push(ended);
    return ended;
  }
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The model of the epoch with the lowest validation loss, as LIFT keeps it everywhere; undefined when there is no such. */
export function bestCheckpoint(checkpoints: readonly Checkpoint[]): Checkpoint | undefined {
  const lossOf = ({ metrics }: Checkpoint): number => metrics.full_valid_loss ?? metrics.valid_loss ?? Infinity;
  const [best] = [...checkpoints].sort((a, b) => lossOf(a) - lossOf(b) || b.step_number - a.step_number);
  return best && lossOf(best) < Infinity ? best : undefined;
}
