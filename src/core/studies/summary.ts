import { phrase } from '../foundation/phrase';
import type { Recipe } from '../recipe/recipe';
import type { StudySeries } from './requests';
import type { Measure, StudyAxis } from './study';
import type { ToldResult } from './told-results';

type Task = Recipe['task'];

/** The measure that plots show: accuracy, or the relative absolute error, as in the paper. */
export const mainMeasure: Readonly<Record<Task, Measure>> = {
  classification: {
    key: 'accuracy',
    title: phrase`accuracy`,
    higher: true,
    meaning: phrase`Accuracy is the share of rows whose class is predicted right.`,
  },
  regression: {
    key: 'rae',
    title: phrase`relative absolute error`,
    higher: false,
    meaning: phrase`A relative absolute error of 0 is exact; 1 is as far off as always saying the mean of the test rows.`,
  },
};

/** Where baselines stand among categories that mean nothing to them. */
export const ofBaselines = 'the baselines';

/** Mean and spread over seeds of a measure: of each series of LIFT, then of each baseline. */
export function summarise(
  results: readonly ToldResult[],
  { key }: Pick<Measure, 'key'>,
  { concernsBaselines = false }: Pick<StudyAxis, 'concernsBaselines'>,
): StudySeries[] {
  const names = [...new Set(results.map(({ series }) => series))];
  const lift = names.map((name) => {
    const own = results.filter(({ series }) => series === name);
    return seriesOf(name, 'lift', own, ({ metrics }) => metrics[key]);
  });
  const baselines = [...new Set(results.flatMap((result) => Object.keys(result.baselines)))];
  const seenByBaselines = results.map((result) =>
    typeof result.x === 'string' && !concernsBaselines ? { ...result, x: ofBaselines } : result,
  );
  const others = baselines.map((name) =>
    seriesOf(name, 'baseline', seenByBaselines, (result): number | undefined => result.baselines[name]?.[key]),
  );
  return [...lift, ...others].filter(({ points }) => points.length > 0);
}

function seriesOf(
  name: string,
  kind: StudySeries['kind'],
  results: readonly ToldResult[],
  valueOf: (result: ToldResult) => number | undefined,
): StudySeries {
  const values = new Map<number | string, number[]>();
  for (const result of results) {
    const value = valueOf(result);
    if (value === undefined || !Number.isFinite(value)) continue;
    values.set(result.x, [...(values.get(result.x) ?? []), value]);
  }
  return { name, kind, points: [...values].map(([x, list]) => ({ x, ...meanOf(list), seeds: list.length })) };
}

/** Mean, and the deviation from it (of these values, not an estimate of a population's). */
export function meanOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  return { mean, deviation: Math.sqrt(variance) };
}
