import { relative } from 'node:path';
import { english } from '../foundation/phrase';
import { csvText } from '../table/csv/write-csv';
import type { OpenedStudy } from './open-study';
import type { StudyResult } from './study';
import { mainMeasure, summarise } from './summary';
import { toldResults } from './told-results';

/** Everything about the runs of a study, for programs. Run folders are named relative to the study's. */
export function resultsJson({ kind, folder, input }: OpenedStudy, results: readonly StudyResult[]): string {
  const { recipe, seeds } = input;
  const told = toldResults(results, english);
  const content = {
    study: kind.name,
    title: english(kind.title),
    task: recipe.task,
    target: recipe.target.column,
    model: recipe.model.id,
    seeds,
    summary: summarise(told, mainMeasure[recipe.task], kind.axis),
    runs: told.map(({ run, ...result }) => ({ ...result, run: relative(folder.path, run) })),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** One line for each run and method, one column for each metric. */
export function resultsCsv(study: string, results: readonly StudyResult[]): string {
  const entries = toldResults(results, english).flatMap(({ series, x, seed, metrics, baselines }) => [
    { series, x, seed, metrics },
    ...Object.entries(baselines).map(([name, measured]) => ({ series: name, x, seed, metrics: measured })),
  ]);
  const names = [...new Set(entries.flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = entries.map(({ series, x, seed, metrics }) => [
    study,
    series,
    String(x),
    String(seed),
    ...names.map((name) => (metrics[name] === undefined ? null : String(metrics[name]))),
  ]);
  return csvText(['study', 'method', 'x', 'seed', ...names], rows);
}
