import { runBaselines } from '../../evaluation/baselines/run-baselines';
import type { BaselineResult } from '../../evaluation/baselines/baseline-result';
import type { Recipe } from '../../recipe/recipe';
import type { Table } from '../../table/table';
import type { RunContext } from '../events';
import { numbersOf } from './metrics-of';
import type { BaselineReport } from '../requests';
import { includedColumns } from '../task/split-rows';
import type { RowParts } from '../task/split-rows';
import type { StageReport } from '../progress/stage-clock';

/** Runs the baselines on the very rows and columns that LIFT has. */
export function baselinesFor(
  table: Table,
  recipe: Recipe,
  { train, validation, test }: RowParts,
  { signal }: RunContext,
  report: StageReport,
): Promise<BaselineResult[]> {
  const places = new Map(table.columns.map(({ name, index }) => [name, index]));
  return runBaselines({
    table,
    features: includedColumns(recipe).map((name) => places.get(name)!),
    target: places.get(recipe.target.column)!,
    task: recipe.task,
    split: { train, validation, test },
    seed: recipe.split.seed,
    signal,
    onProgress: ({ fraction }) => {
      report(fraction);
    },
  });
}

/** The results as they are reported, by name. */
export function baselineReports(results: readonly BaselineResult[]): Record<string, BaselineReport> {
  return Object.fromEntries(
    results.map(({ name, test, validation, parameters, note, seconds }) => {
      const settings = Object.entries(parameters).map(([key, value]) => `${key} ${value}`);
      return [
        name,
        {
          test: numbersOf(test),
          validation: validation === null ? {} : numbersOf(validation),
          settings: [settings.join(', '), note].filter((text) => text !== '').join('. '),
          seconds: Math.round(seconds * 1000) / 1000,
        },
      ];
    }),
  );
}
