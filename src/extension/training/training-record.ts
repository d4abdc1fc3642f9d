import type { RunEvent } from '../../core/run/events';
import type { EpochRow, LossPoint, Notice } from '../../shared/training-view';
import { localized } from '../told';

const maxPoints = 2000;

/** What a run's events add up to: the curve, the epochs, the notices. */
export class TrainingRecord {
  steps: LossPoint[] = [];
  readonly epochs: EpochRow[] = [];
  readonly notices: Notice[] = [];
  tokensPerSecond: number | undefined;
  /** Every how many reported steps one is kept: doubled when there are too many, so that long runs stay light. */
  private stride = 1;
  private seen = 0;

  add(event: RunEvent): void {
    switch (event.event) {
      case 'run':
        return;
      case 'notice':
        this.notices.push({ level: event.level, message: localized(event.said ?? event.message) });
        return;
      case 'epoch':
        this.addEpoch(event);
        return;
      case 'progress':
        this.tokensPerSecond = event.tokensPerSecond ?? this.tokensPerSecond;
        if (event.stage === 'training' && event.loss !== undefined && event.epoch !== undefined)
          this.addStep(event.epoch, event.loss);
    }
  }

  /** A resumed run says epochs again that it had said before it was stopped: the newest word counts. */
  private addEpoch({ epoch, trainLoss, validationLoss, best }: Extract<RunEvent, { event: 'epoch' }>): void {
    const known = this.epochs.findIndex((row) => row.epoch === epoch);
    if (known >= 0) this.epochs.splice(known);
    const earlier = best ? this.epochs.map((row) => ({ ...row, best: false })) : [...this.epochs];
    this.epochs.splice(0, this.epochs.length, ...earlier, { epoch, trainLoss, validationLoss, best });
  }

  private addStep(epoch: number, loss: number): void {
    while (this.steps.length > 0 && this.steps[this.steps.length - 1]!.epoch >= epoch) this.steps.pop();
    if (this.seen++ % this.stride === 0) this.steps.push({ epoch, loss });
    if (this.steps.length > maxPoints) {
      this.steps = this.steps.filter((_, index) => index % 2 === 0);
      this.stride *= 2;
    }
  }
}
