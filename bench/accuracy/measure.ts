import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SuiteTable } from './suite';
import type { TableFiles } from './table-files';
import type { CommandResult, Metrics } from './run-lift';
import { runLift } from './run-lift';

/** What one table gave with one seed; a score is accuracy in %, or relative absolute error. */
export interface Measurement {
  readonly table: string;
  readonly task: SuiteTable['task'];
  readonly seed: number;
  readonly lift: number;
  readonly liftValidation: number;
  /** The model without the nearest rows that its answers are pooled with; absent where they are not. */
  readonly alone?: ModelScores;
  /** The same where the model has only read the rows of its prompts and learnt nothing; absent unless asked for. */
  readonly read?: ModelScores;
  /** The same where a model of the same shape was fine-tuned from random weights; absent unless asked for. */
  readonly random?: ModelScores;
  /** Fine-tuned on prompts without example rows, from the embedded model's weights and from random ones; absent unless asked for. */
  readonly plain?: ModelScores;
  readonly plainRandom?: ModelScores;
  /** Share of the test answers in intervals that promise 90 %; of a regression. */
  readonly coverage?: number;
  readonly baselines: Readonly<Record<string, number>>;
  /** From the command to its end, without the baselines. */
  readonly seconds: number;
}

export interface ModelScores {
  readonly score: number;
  /** Mean negative log-likelihood of the true class, in nats. */
  readonly logLoss?: number;
  /** Area under the curve, of two classes or the mean of one against the rest. */
  readonly auc?: number;
}

export interface MeasureOptions {
  readonly seed: number;
  /** Changes of the recipe, `training.epochs=2`. */
  readonly settings: readonly string[];
  readonly workFolder: string;
}

/**
 * Fine-tunes with the default recipe and these `settings`, then trains the baselines on the same split.
 * The functions are judged on rows without noise, where no baseline has been.
 */
export async function measure(table: SuiteTable, files: TableFiles, options: MeasureOptions): Promise<Measurement> {
  const started = performance.now();
  const run = runFolder(table, options);
  const tuned = await fineTune(table, files, options, run);
  const seconds = (performance.now() - started) / 1000;
  const test =
    files.testPath === undefined
      ? tuned.metrics?.test
      : ((await runLift(['evaluate', run, files.testPath])).metrics as Metrics);
  const asked = askedFor(table, files, options);
  const trained = files.testPath === undefined ? await runLift(['baselines', files.path, ...asked]) : undefined;
  await rm(run, { recursive: true, force: true });
  const alone = scoresOf(table, tuned);
  return {
    table: table.name,
    task: table.task,
    seed: options.seed,
    lift: score(table, test),
    liftValidation: score(table, tuned.metrics?.validation),
    ...(alone && { alone }),
    ...(table.task === 'regression' && { coverage: test?.intervalCoverage ?? NaN }),
    baselines: Object.fromEntries(
      Object.entries(trained?.metrics?.baselines ?? {}).map(([name, metrics]) => [name, score(table, metrics.test)]),
    ),
    seconds,
  };
}

/** The model alone after a fine-tuning with further settings. */
export async function measureAlone(
  table: SuiteTable,
  files: TableFiles,
  options: MeasureOptions,
): Promise<ModelScores | undefined> {
  const run = runFolder(table, options);
  const result = await fineTune(table, files, options, run);
  await rm(run, { recursive: true, force: true });
  return scoresOf(table, result);
}

function runFolder(table: SuiteTable, { seed, workFolder }: MeasureOptions): string {
  return join(workFolder, `run-${table.name}-${seed}`);
}

function askedFor(table: SuiteTable, files: TableFiles, { seed }: MeasureOptions): string[] {
  return ['--target', files.target, '--task', table.task, '--seed', String(seed)];
}

async function fineTune(
  table: SuiteTable,
  files: TableFiles,
  options: MeasureOptions,
  run: string,
): Promise<CommandResult> {
  await rm(run, { recursive: true, force: true });
  const own = files.testPath === undefined ? [] : ['split.test=0.01'];
  const changes = [...own, ...options.settings].flatMap((setting) => ['--set', setting]);
  const asked = askedFor(table, files, options);
  return runLift(['fine-tune', files.path, ...asked, ...changes, '--out', run, '--no-baselines']);
}

/** The few test rows that a function is fine-tuned beside are not those that it is judged on. */
function scoresOf(table: SuiteTable, { metrics }: CommandResult): ModelScores | undefined {
  const alone = table.kind === 'function' ? undefined : metrics?.modelAlone;
  if (!alone) return undefined;
  const { logLoss, auc } = alone;
  return { score: score(table, alone), ...(logLoss !== undefined && { logLoss }), ...(auc !== undefined && { auc }) };
}

function score({ task }: SuiteTable, metrics: Metrics | undefined): number {
  return task === 'classification' ? 100 * (metrics?.accuracy ?? NaN) : (metrics?.rae ?? NaN);
}
