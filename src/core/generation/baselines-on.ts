import type { BaselineResult } from '../evaluation/baselines/baseline-result';
import { runBaselines } from '../evaluation/baselines/run-baselines';
import type { Cell, Column } from '../table/table';
import { smallTable } from './small-table';
import type { SourceRows } from './source-rows';

/**
 * Trains the simple models on rows in the order of the generator's columns.
 * @param parts rows to train on, to choose by and to judge by
 * @param extra a column behind those of the generator, which is to be told; left out: the answer
 */
export async function baselinesOn(
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
