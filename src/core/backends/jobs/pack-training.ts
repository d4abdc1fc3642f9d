import type { AskingOptions } from '../../run/answer/answerer';
import type { RawAnswer } from '../../run/answer/answers';
import type { TrainingWork } from '../../run/backend';
import { targetFacts } from '../../run/task/target-facts';
import { adapterArguments, startingAdapter } from '../exports/adapter';
import { exportModel } from '../exports/model';
import { exportQuestions } from '../exports/questions';
import { exportTraining } from '../exports/training';
import { packJob } from './package';
import type { JobPackage } from './package';
import { programFiles } from './program-files';

/** The version of job.json. */
export const specVersion = 1;

/** What the user has said of how the program runs. */
export interface ProgramSettings {
  readonly workers: number | null;
  readonly storage: string | null;
  /** Where results go: into the log (when left out), or all into the storage. */
  readonly results?: 'storage';
}

export interface PackedTraining {
  readonly pack: JobPackage;
  /** Whether the model's weights are in it. */
  readonly weights: boolean;
  readonly warnings: readonly string[];
  readonly read: (answers: Uint8Array) => RawAnswer[];
}

/** Everything that a job needs to train a run's model and to answer its rows. */
export async function packTraining(
  work: TrainingWork,
  settings: ProgramSettings,
  packageLimit: number,
  signal: AbortSignal | undefined,
): Promise<PackedTraining> {
  const { inputs, task, limits, asked } = work;
  const { recipe, model, start } = inputs;
  const target = targetFacts(task.examples, recipe.target.column, task.writer);
  const asking: AskingOptions = { ...task, limits, target, trained: undefined };
  const questions = await exportQuestions(asking, asked, signal);
  const training = await exportTraining(work);
  const exported = await exportModel(inputs.modelId, model.folder, packageLimit);
  const adapter = await startingAdapter(recipe, model.folder, start);
  const files = new Map([...(await programFiles()), ...exported.files, ...training.files, ...questions.files]);
  if (adapter) files.set('start/adapter_model.safetensors', adapter);
  const pack = packJob(files, {
    version: specVersion,
    ...settings,
    seed: recipe.training.seed,
    model: exported.model,
    adapter: adapterArguments(recipe, model.folder),
    training: training.training,
    answerTokens: training.answerTokens,
    asking: questions.asking,
  });
  return { pack, weights: exported.model.kind === 'package', warnings: exported.warnings, read: questions.read };
}
