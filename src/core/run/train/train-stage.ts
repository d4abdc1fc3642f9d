import { LiftError } from '../../foundation/lift-error';
import type { Phrase } from '../../foundation/phrase';
import { phrase } from '../../foundation/phrase';
import type { TrainingSettings } from '../../training/settings';
import { trainAdapter } from '../../training/train-adapter';
import type { TrainingResult } from '../../training/training-request';
import type { Recipe } from '../../recipe/recipe';
import type { EncodedTask } from '../task/encode-task';
import type { RunContext } from '../events';
import type { RunInputs } from '../folder/open-run';
import { pretextStage } from './pretext-stage';
import type { RunFolder } from '../folder/run-folder';
import type { StageReport } from '../progress/stage-clock';
import { notice } from '../notice';

/** Trains, or continues from the run's checkpoint. Throws `cancelled`, with the checkpoint written. */
export async function trainStage(
  folder: RunFolder,
  inputs: RunInputs,
  encoded: EncodedTask,
  context: RunContext,
  report: StageReport,
): Promise<TrainingResult> {
  const { recipe, model } = inputs;
  const { emit, signal, threads } = context;
  const { epochs } = recipe.training;
  suggestTwoStages(recipe, encoded, emit);
  const start = await pretextStage(folder, inputs, encoded.pretext, settingsOf(recipe), context, report);
  const result = await trainAdapter({
    model: model.folder,
    train: encoded.train,
    validation: encoded.validation,
    settings: settingsOf(recipe),
    start,
    checkpointFolder: folder.checkpoints,
    checkpointSeconds: checkpointSeconds(recipe, model.folder.config.parameterCount),
    threads,
    signal,
    onProgress: ({ fraction, ...facts }) => {
      const { secondsLeft, step, steps, epochsDone, loss, learningRate, tokensPerSecond } = facts;
      report(fraction, { secondsLeft, step, steps, epoch: epochsDone, loss, learningRate, tokensPerSecond });
    },
    onEpoch: ({ epoch, trainLoss, validationLoss }, best) => {
      if (trainLoss !== undefined) {
        emit({ event: 'epoch', epoch, epochs, trainLoss, validationLoss, best });
      } else if (validationLoss !== undefined) {
        const message = phrase`Before training: validation loss ${validationLoss.toFixed(4)}.`;
        emit(notice('info', message));
      }
    },
    onNotice: (message) => {
      emit(notice('info', message));
    },
  });
  if (result.stopped === 'cancelled') throw new LiftError('cancelled', 'Cancelled.');
  sayOutcome(result, emit);
  return result;
}

/** With fewer rows the paper finds that made-up tasks beforehand help. */
const FEW_ROWS = 50;

function suggestTwoStages({ training }: Recipe, { train, pretext }: EncodedTask, emit: RunContext['emit']): void {
  if (typeof train === 'function' || train.length > FEW_ROWS || pretext.length > 0 || training.steps === 0) return;
  const message = phrase`Only ${train.length} rows to learn from: two-stage fine-tuning may help. Set training.pretext.tasks to 2, or see with the study two-stage whether it does.`;
  emit(notice('info', message));
}

/** Every five seconds; less often where a checkpoint is large, which it is for a large model that is trained as a whole. */
function checkpointSeconds({ training }: Recipe, parameters: number): number {
  return Math.max(5, training.method === 'full' ? parameters / 1e6 : 0);
}

/** What of a recipe decides how a model is trained; fields that the program does not know must not change a checkpoint. */
export function settingsOf({ training }: Recipe): TrainingSettings {
  const { method, epochs, steps, batchTokens, accumulate, learningRate, schedule, warmup } = training;
  const { weightDecay, clip, softmax, patience, seed, cacheTrunk } = training;
  const { rank, alpha, dropout, targetModules, layers } = training.lora;
  return {
    method,
    lora: { rank, alpha, dropout, targetModules, layers },
    epochs,
    steps,
    batchTokens,
    accumulate,
    learningRate,
    schedule,
    warmup,
    weightDecay,
    clip,
    softmax,
    patience,
    seed,
    cacheTrunk,
  };
}

function sayOutcome({ stopped, bestEpoch, skippedSteps }: TrainingResult, emit: RunContext['emit']): void {
  const say = (level: 'info' | 'warning', message: Phrase): void => {
    emit(notice(level, message));
  };
  if (stopped === 'patience') say('info', phrase`Training stopped early: the validation loss no longer fell.`);
  if (bestEpoch === 0)
    say('warning', phrase`Training did not lower the validation loss: the model is kept as it was before.`);
  if (skippedSteps > 0) {
    say(
      'warning',
      phrase`${skippedSteps} steps had no finite gradient and were skipped, with a lower learning rate after each.`,
    );
  }
}
