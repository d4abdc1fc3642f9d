import type { TrainingProgress } from '../progress/progress-reporter';
import { trainingCost } from '../progress/progress-reporter';
import { WorkMeter } from '../progress/work-meter';

/** What a training with a cached trunk consists of. */
export interface TrunkWork {
  /** Share of the model's layers that belong to the trunk; 0 when it is not cached. */
  readonly share: number;
  /** Tokens that go through the trunk once. */
  readonly trunkTokens: number;
  /** Tokens of all epochs, trained on and validated on. */
  readonly trainedTokens: number;
  readonly validatedTokens: number;
}

type Report = (progress: TrainingProgress) => void;

/** Joins the progress of the trunk's one pass and that of the training after it into one. */
export function trunkProgress(
  work: TrunkWork,
  report: Report | undefined,
): { readonly onTrunkTokens: (tokens: number) => void; readonly onProgress: Report | undefined } {
  const trunk = work.trunkTokens * work.share;
  const rest = (work.trainedTokens * trainingCost + work.validatedTokens) * (1 - work.share);
  const part = trunk / Math.max(1, trunk + rest);
  const meter = new WorkMeter(trunk + rest, 0);
  const begin = { epoch: 0, epochsDone: 0, step: 0, steps: 0 };
  const nothing = { ...begin, loss: undefined, learningRate: undefined, tokensPerSecond: undefined };
  return {
    onTrunkTokens: (tokens) => {
      meter.add(tokens * work.share);
      report?.({ phase: 'caching', fraction: meter.fraction, secondsLeft: meter.secondsLeft, ...nothing });
    },
    onProgress:
      report &&
      ((progress) => {
        report({ ...progress, fraction: part + (1 - part) * progress.fraction });
      }),
  };
}
