import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../foundation/random';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { checkMemory } from '../run/task/check-memory';
import type { RunContext } from '../run/events';
import type { OpenModel } from '../run/train/open-model';
import { runFolderAt } from '../run/folder/run-folder';
import type { RunFolder } from '../run/folder/run-folder';
import { workAlone } from '../run/folder/work-alone';
import type { StageClock } from '../run/progress/stage-clock';
import { settingsOf } from '../run/train/train-stage';
import { openTrained, saveTrained } from '../run/train/trained-model';
import type { TrainedModel } from '../run/train/trained-model';
import type { TokenExample } from '../training/batches/token-example';
import { trainAdapter } from '../training/train-adapter';
import { columnOrder, orderName } from './column-order';
import { RowLanguage } from './row-language';
import type { Recipe } from '../recipe/recipe';
import type { TrainingSettings } from '../training/settings';
import type { SourceRows } from './source-rows';

/** Epochs without a better validation loss after which training ends: rows are short, and epochs go up and down. */
const patience = 6;
/** Rows that a step learns from: a row alone has few tokens, and as many of them as a prompt has would be few steps. */
const rowsOfStep = 8;
/** Factor on the learning rate of a model that is trained as a whole: it has seen rows in prompts only, and changes more. */
const faster = 2;

/** A model that writes rows, and the language that it writes them in. */
export interface GeneratorModel {
  readonly trained: TrainedModel;
  readonly language: RowLanguage;
  /** Places of the columns as they are written: what is given is first. */
  readonly order: readonly number[];
}

/** Where the models of a run in the generating direction lie. */
export function generatorFolder(run: RunFolder): RunFolder {
  return runFolderAt(join(run.path, 'generator'));
}

/**
 * The model of a run in the generating direction: trained when it is first asked for, and kept in the run folder
 * (`generator/`). It writes the columns in one order, in which what is given stands in front: other columns that are given
 * take another model, beside the first.
 * @param base the model that the run was begun with
 * @param given places of the columns whose values are told
 * @throws LiftError `cancelled`, with a checkpoint from which the training goes on; `run-invalid` while another process
 *   trains it; whatever training throws
 */
export async function generatorModel(
  source: SourceRows,
  base: OpenModel,
  given: readonly number[],
  clock: StageClock,
  context: RunContext,
): Promise<GeneratorModel> {
  const { recipe, columns } = source;
  const order = columnOrder(columns.length, given, recipe.task);
  const folder = runFolderAt(join(generatorFolder(source.folder).path, orderName(given, recipe.task)));
  const language = new RowLanguage(columns, base.tokenizer);
  const isTrained = async (): Promise<boolean> =>
    (await stat(recipe.training.method === 'full' ? folder.model : folder.adapter).catch(() => undefined)) !==
    undefined;
  if (!(await isTrained())) {
    await mkdir(folder.path, { recursive: true });
    await workAlone(folder, phrase`the rows`, context.signal, async (signal) => {
      // A process that was waited for may have been about to end with it.
      if (await isTrained()) return;
      await train(source, base, { language, order }, folder.path, clock, { ...context, signal });
    });
  }
  return { trained: await openTrained(folder, recipe, base.folder), language, order };
}

async function train(
  source: SourceRows,
  base: OpenModel,
  rows: Pick<GeneratorModel, 'language' | 'order'>,
  path: string,
  clock: StageClock,
  context: RunContext,
): Promise<void> {
  const { recipe } = source;
  await checkMemory(base.folder, recipe, context);
  const { epochs } = recipe.generation;
  const folder = runFolderAt(path);
  const result = await clock.time('training', (report) =>
    trainAdapter({
      model: base.folder,
      train: (epoch) => examplesOf(source, rows, source.train, epoch),
      validation: examplesOf(source, rows, source.validation, 0),
      settings: rowSettings(recipe, rows.language.longest),
      checkpointFolder: folder.checkpoints,
      threads: context.threads,
      signal: context.signal,
      onProgress: ({ fraction, secondsLeft, step, steps, loss, tokensPerSecond }) => {
        report(fraction, { secondsLeft, step, steps, loss, tokensPerSecond });
      },
      onEpoch: ({ epoch, trainLoss, validationLoss }, best) => {
        if (trainLoss !== undefined) context.emit({ event: 'epoch', epoch, epochs, trainLoss, validationLoss, best });
      },
    }),
  );
  if (result.stopped === 'cancelled') throw new LiftError('cancelled', 'Cancelled.', 'The same command goes on.');
  await saveTrained(folder, recipe, base.folder, result.parameters);
  await rm(folder.checkpoints, { recursive: true, force: true });
}

/** How rows of so many tokens at most are learnt: in more and smaller steps than prompts. */
function rowSettings(recipe: Recipe, longest: number): TrainingSettings {
  const settings = settingsOf(recipe);
  return {
    ...settings,
    epochs: recipe.generation.epochs,
    steps: null,
    batchTokens: Math.min(settings.batchTokens, rowsOfStep * longest),
    accumulate: 1,
    learningRate: (settings.method === 'full' ? faster : 1) * settings.learningRate,
    softmax: 'full',
    patience,
  };
}

function examplesOf(
  { recipe, table }: SourceRows,
  { language, order }: Pick<GeneratorModel, 'language' | 'order'>,
  rows: readonly number[],
  epoch: number,
): TokenExample[] {
  const random = Random.derive(recipe.training.seed, `generating ${epoch}`);
  // A validation row may hold what no training row does.
  return rows.flatMap((row) => language.example(table.rows[row]!, order, random) ?? []);
}
