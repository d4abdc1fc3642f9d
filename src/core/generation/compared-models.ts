import type { BaselineResult } from '../evaluation/baselines/baseline-result';
import { runBaselines } from '../evaluation/baselines/run-baselines';
import { english } from '../foundation/phrase';
import { Random } from '../foundation/random';
import type { Cell, Column } from '../table/table';
import { smallTable } from './small-table';
import type { SourceRows } from './source-rows';

/** What a model reaches that was trained on made rows, beside the same on real ones; both on the same real test rows. */
export interface Usefulness {
  /** Accuracy, or relative absolute error. */
  readonly measure: 'accuracy' | 'rae';
  readonly made: number;
  readonly real: number;
  /** The method that was best on real validation rows after training on real rows. */
  readonly method: string;
}

/** Trains the same simple models on made and on real rows. Undefined without test or validation rows. */
export async function usefulness(
  source: SourceRows,
  made: readonly (readonly Cell[])[],
  parts: {
    readonly train: readonly Cell[][];
    readonly validation: readonly Cell[][];
    readonly test: readonly Cell[][];
  },
  signal: AbortSignal | undefined,
): Promise<Usefulness | undefined> {
  const { task } = source.recipe;
  if (parts.test.length === 0 || parts.validation.length === 0) return undefined;
  const run = (train: readonly (readonly Cell[])[]): Promise<BaselineResult[]> =>
    baselinesOn(source, [train, parts.validation, parts.test], task, signal);
  const [onReal, onMade] = [await run(parts.train), await run(made)];
  const best = bestOf(onReal);
  const counterpart = onMade.find(({ name }) => name === best.name)!;
  return {
    measure: task === 'classification' ? 'accuracy' : 'rae',
    made: scoreOf(counterpart, 'test'),
    real: scoreOf(best, 'test'),
    method: english(best.label),
  };
}

/**
 * How well the best of the simple models tells made rows from real ones that it has not seen (AUC): 0.5 is guessing, 1 always.
 */
export async function tellingApart(
  source: SourceRows,
  made: readonly (readonly Cell[])[],
  real: readonly (readonly Cell[])[],
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const random = Random.derive(0, 'telling apart');
  const count = Math.min(made.length, real.length);
  const rows = [made, real].flatMap((list, origin) =>
    random
      .shuffle([...list])
      .slice(0, count)
      .map((cells, place) => ({ cells: [...cells, origin === 0 ? 'made' : 'real'], place })),
  );
  // A fifth each for choosing and for judging, with as many of both kinds.
  const part = (from: number, to: number): Cell[][] =>
    rows.flatMap(({ cells, place }) => (place >= from * count && place < to * count ? [cells] : []));
  const parts = [part(0, 0.6), part(0.6, 0.8), part(0.8, 1)] as const;
  if (parts.some((list) => list.length < 2)) return undefined;
  const origin: Column = {
    name: 'origin',
    index: source.columns.length,
    type: 'category',
    reason: '',
    missing: 0,
    distinct: 2,
    distinctCapped: false,
    examples: ['made', 'real'],
  };
  const results = await baselinesOn(source, parts, 'classification', signal, origin);
  const aucs = results.flatMap(({ test }) => ('auc' in test ? (test.auc ?? []) : []));
  return Math.max(...aucs);
}

async function baselinesOn(
  source: SourceRows,
  parts: readonly (readonly (readonly Cell[])[])[],
  task: 'classification' | 'regression',
  signal: AbortSignal | undefined,
  extra?: Column,
): Promise<BaselineResult[]> {
  const small = smallTable(source, parts.flat());
  const table = extra ? { ...small, columns: [...small.columns, extra] } : small;
  let from = 0;
  const [train, validation, test] = parts.map((list) => list.map(() => from++)) as [number[], number[], number[]];
  // The target is the first of the generator's columns, unless another one is told.
  const target = extra?.index ?? 0;
  const features = table.columns.map(({ index }) => index).filter((index) => index !== target);
  return runBaselines({ table, features, target, task, split: { train, validation, test }, seed: 0, signal });
}

function bestOf(results: readonly BaselineResult[]): BaselineResult {
  const sign = results[0]!.task === 'classification' ? -1 : 1;
  return [...results].sort((a, b) => sign * (scoreOf(a, 'validation') - scoreOf(b, 'validation')))[0]!;
}

function scoreOf(result: BaselineResult, part: 'test' | 'validation'): number {
  const metrics = result[part];
  if (metrics === null) return NaN;
  return metrics.task === 'classification' ? metrics.accuracy : (metrics.rae ?? NaN);
}
