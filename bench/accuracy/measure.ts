import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SuiteTable } from './suite';
import type { TableFiles } from './table-files';
import type { Metrics } from './run-lift';
import { runLift } from './run-lift';

/** What one table gave with one seed; a score is accuracy in %, or relative absolute error. */
export interface Measurement {
  readonly table: string;
  readonly task: SuiteTable['task'];
  readonly seed: number;
  readonly lift: number;
  readonly liftValidation: number;
  /** The model without the nearest rows that its answers are pooled with; absent where they are not. */
  readonly alone?: number;
  /** Share of the test answers in intervals that promise 90 %; of a regression. */
  readonly coverage?: number;
  readonly baselines: Readonly<Record<string, number>>;
  /** From the command to its end, without the baselines. */
  readonly seconds: number;
}

/**
 * Fine-tunes with the default recipe and these `settings` (`training.epochs=2`), then trains the baselines on the same split.
 * The functions are judged on rows without noise, where no baseline has been.
 */
export async function measure(
  table: SuiteTable,
  files: TableFiles,
  { seed, settings, workFolder }: { seed: number; settings: readonly string[]; workFolder: string },
): Promise<Measurement> {
  const run = join(workFolder, `run-${table.name}-${seed}`);
  await rm(run, { recursive: true, force: true });
  const own = files.testPath === undefined ? [] : ['split.test=0.01'];
  const asked = ['--target', files.target, '--task', table.task, '--seed', String(seed)];
  const changes = [...own, ...settings].flatMap((setting) => ['--set', setting]);
  const started = performance.now();
  const tuned = await runLift(['fine-tune', files.path, ...asked, ...changes, '--out', run, '--no-baselines']);
  const seconds = (performance.now() - started) / 1000;
  const test =
    files.testPath === undefined
      ? tuned.metrics?.test
      : ((await runLift(['evaluate', run, files.testPath])).metrics as Metrics);
  const trained = files.testPath === undefined ? await runLift(['baselines', files.path, ...asked]) : undefined;
  await rm(run, { recursive: true, force: true });
  const score = (metrics: Metrics | undefined): number =>
    table.task === 'classification' ? 100 * (metrics?.accuracy ?? NaN) : (metrics?.rae ?? NaN);
  const alone = table.kind === 'function' ? undefined : tuned.metrics?.modelAlone;
  return {
    table: table.name,
    task: table.task,
    seed,
    lift: score(test),
    liftValidation: score(tuned.metrics?.validation),
    ...(alone && { alone: score(alone) }),
    ...(table.task === 'regression' && { coverage: test?.intervalCoverage ?? NaN }),
    baselines: Object.fromEntries(
      Object.entries(trained?.metrics?.baselines ?? {}).map(([name, metrics]) => [name, score(metrics.test)]),
    ),
    seconds,
  };
}
