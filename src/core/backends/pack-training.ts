import type { AskingOptions } from '../run/answerer';
import type { RawAnswer } from '../run/answers';
import type { TrainingWork } from '../run/backend';
import { targetFacts } from '../run/target-facts';
import { adapterArguments, startingAdapter } from './export-adapter';
import { exportModel } from './export-model';
import { exportQuestions } from './export-questions';
import { exportTraining } from './export-training';
import { packJob } from './job-file';
import type { JobPackage } from './job-file';
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

/** The columns that prompts tell: no other column is sent. */
export function sentColumns({ task }: TrainingWork): string[] {
  const used = new Set([...task.writer.usedColumns, task.recipe.target.column]);
  return task.table.columns.map(({ name }) => name).filter((name) => used.has(name));
}

/** Rows of which something is sent: those that are trained on or asked about, and those that may stand as examples. */
export function sentRows({ task: { parts, recipe } }: TrainingWork): number {
  const training = recipe.examples.rows > 0 ? parts.train : parts.trainedOn;
  return new Set([...training, ...parts.validation, ...parts.test, ...parts.unlabelled]).size;
}
