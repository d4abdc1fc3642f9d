import { adamWStep } from './adamw';
import type { Gradients } from '../loss/gradients';
import { clipFactor, globalNorm } from '../loss/gradients';
import type { TrainingState } from '../training-state';

export interface UpdateOptions {
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Limit of the gradient's global norm; 0: none. */
  readonly clip: number;
  /** Names of the parameters that weight decay applies to. */
  readonly decayed: ReadonlySet<string>;
}

/** After this many skipped steps in a row training gives up. */
export const maxSkippedInARow = 8;

/**
 * One optimiser step: clips the gradient and applies AdamW, in place. When the loss or the gradient is not finite the
 * step is skipped and the learning rate of all later steps halved, as a too high rate is by far the likeliest cause.
 * @returns whether the parameters changed
 */
export function applyUpdate(state: TrainingState, loss: number, gradients: Gradients, options: UpdateOptions): boolean {
  const { progress } = state;
  const norm = globalNorm(gradients);
  if (!Number.isFinite(loss) || !Number.isFinite(norm)) {
    progress.skippedSteps++;
    progress.skippedInARow++;
    progress.rateFactor /= 2;
    return false;
  }
  progress.skippedInARow = 0;
  progress.updates++;
  const scale = clipFactor(norm, options.clip);
  const rate = options.learningRate * progress.rateFactor;
  for (const [name, gradient] of gradients) {
    const { data } = state.parameters.get(name)!;
    const decay = options.decayed.has(name) ? options.weightDecay : 0;
    adamWStep(data, gradient, state.moments.get(name)!, progress.updates, rate, decay, scale);
  }
  return true;
}
