import { join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Parameters } from '../../training/initial-parameters';
import type { TrainingSettings } from '../../training/settings';
import { trainAdapter } from '../../training/train-adapter';
import type { RunContext } from '../events';
import type { RunInputs } from '../folder/open-run';
import type { PretextTask } from '../task/pretext-examples';
import type { RunFolder } from '../folder/run-folder';
import type { StageReport } from '../progress/stage-clock';
import { notice } from '../notice';

/**
 * The first of two stages: the made-up tasks one after the other, as often as the recipe says (1, 2, 1, 2 in the paper),
 * each from where the one before it ended. Gives what the real training starts from.
 * @throws LiftError `cancelled`, with a checkpoint of each task from which a resumed run goes on
 */
export async function pretextStage(
  folder: RunFolder,
  { recipe, model, start }: RunInputs,
  tasks: readonly PretextTask[],
  settings: TrainingSettings,
  { emit, signal, threads }: RunContext,
  report: StageReport,
): Promise<Parameters | undefined> {
  const { rounds, epochs } = recipe.training.pretext;
  const total = rounds * tasks.length;
  if (total === 0) return start;
  const message = phrase`First stage: ${tasks.length} made-up tasks, ${rounds} times each, ${epochs} epochs a time.`;
  emit(notice('info', message));
  let parameters = start;
  for (let turn = 0; turn < total; turn++) {
    const task = tasks[turn % tasks.length]!;
    const checkpointFolder = join(folder.checkpoints, `pretext-${turn + 1}`);
    const result = await trainAdapter({
      model: model.folder,
      train: task.train,
      validation: task.validation,
      settings: { ...settings, epochs, steps: null, patience: 0, cacheTrunk: false },
      start: parameters,
      checkpointFolder,
      threads,
      signal,
      onProgress: ({ fraction }) => {
        report((turn + fraction) / total);
      },
    });
    if (result.stopped === 'cancelled') throw new LiftError('cancelled', 'Cancelled.');
    parameters = result.parameters;
  }
  return parameters;
}
