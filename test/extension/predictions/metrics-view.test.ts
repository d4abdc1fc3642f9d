import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunResult } from '../../../src/core/run/folder/run-result';
import { compareMethods } from '../../../src/extension/predictions/compare-methods';
import { loadRun } from '../../../src/extension/predictions/loaded-run';
import { measuresOf } from '../../../src/extension/predictions/measures';
import type { MethodView } from '../../../src/shared/predictions-view';
import { pretendClasses, pretendNumbers, writeSampleRun } from './sample-run';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-metrics-view-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the metrics of a run', () => {
  it('are those that the run has measured itself, beside the baselines, the best first', async () => {
    const run = await writeSampleRun(join(folder, 'iris'), 'media/samples/iris.csv', 'species', pretendClasses);
    const { metrics } = await loadRun(run);
    const { metrics: own } = await readRunResult(run.folder.path);
    expect(metrics).toMatchObject({ part: 'test', rows: 30 });
    const lift = metrics!.methods.find(({ isLift }) => isLift)!;
    for (const [name, value] of Object.entries(own.test)) expect(lift.values[name]).toBeCloseTo(value, 6);
    const accuracies = metrics!.methods.map(({ values }) => values.accuracy!);
    expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a));
    expect(metrics!.isBehind).toBe(true);
    expect(metrics!.comparison).toMatch(/^LIFT is behind the random forest here: \d+\.\d % against 96\.7 %\./u);
    const { labels, counts } = metrics!.confusion!;
    expect(labels).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(30);
    expect(metrics!.reliability!.reduce((sum, { count }) => sum + count, 0)).toBe(30);
    expect(metrics!.residuals).toBeUndefined();
  });

  it('of numbers hold the error of every row and how often the intervals held', async () => {
    const run = await writeSampleRun(
      join(folder, 'cars'),
      'media/samples/auto_mpg.csv',
      'miles_per_gallon',
      pretendNumbers,
    );
    const { metrics, set } = await loadRun(run);
    expect(metrics!.isBehind).toBe(false);
    expect(metrics!.comparison).toMatch(
      /^LIFT is ahead of all 2 baselines here; the best of them is the random forest/u,
    );
    const { points, coverage } = metrics!.residuals!;
    expect(points).toHaveLength(metrics!.rows);
    const inside = points.filter(({ verdict }) => verdict === 'right').length;
    expect(coverage).toBeCloseTo(inside / points.length, 9);
    for (const { row, error } of points) expect(error).toBe(set.error(set.placeOf(row)));
    expect(metrics!.confusion).toBeUndefined();
  });
});

describe('the sentence about the baselines', () => {
  const [accuracy] = measuresOf('classification');
  const [rmse] = measuresOf('regression');
  const lift = (values: Record<string, number>): MethodView => ({ label: 'LIFT', isLift: true, values, settings: '' });
  const other = (label: string, values: Record<string, number>): MethodView => ({
    label,
    isLift: false,
    values,
    settings: '',
  });

  it('says that LIFT is behind, and doubts a difference that few rows cannot show', () => {
    const others = [other('Majority class', { accuracy: 0.5 }), other('Random forest', { accuracy: 0.94 })];
    const many = compareMethods(lift({ accuracy: 0.912 }), others, accuracy!, 20_000);
    expect(many.comparison).toBe('LIFT is behind the random forest here: 91.2 % against 94.0 %.');
    expect(many.isBehind).toBe(true);
    const few = compareMethods(lift({ accuracy: 0.912 }), others, accuracy!, 100);
    expect(few.comparison).toBe(
      'LIFT is behind the random forest here: 91.2 % against 94.0 %. On 100 rows such a difference may be chance.',
    );
  });

  it('says that they are level when no digit tells them apart', () => {
    const tie = compareMethods(lift({ accuracy: 0.9 }), [other('Gradient boosting', { accuracy: 0.9 })], accuracy!, 50);
    expect(tie.comparison).toBe('LIFT is level with gradient boosting here: both have 90.0 %.');
    expect(tie.isBehind).toBe(false);
    expect(tie.methods[0]!.isLift).toBe(true);
  });

  it('knows that a low error is the better one', () => {
    const others = [other('Ridge regression', { rmse: 2 }), other('Training mean', { rmse: 9 })];
    const result = compareMethods(lift({ rmse: 3 }), others, rmse!, 80);
    expect(result.methods.map(({ label }) => label)).toEqual(['Ridge regression', 'LIFT', 'Training mean']);
    expect(result.comparison).toBe('LIFT is behind ridge regression here: RMSE 3.000 against 2.000.');
    expect(result.headline).toBe('RMSE 3.000 on 80 rows');
  });

  it('lists what the model reaches alone, and compares LIFT with the baselines only', () => {
    const alone = other('LIFT, its model alone', { accuracy: 0.95 });
    const others = [other('Majority class', { accuracy: 0.5 })];
    const result = compareMethods(lift({ accuracy: 0.9 }), others, accuracy!, 20_000, [alone]);
    expect(result.methods.map(({ label }) => label)).toEqual([alone.label, 'LIFT', 'Majority class']);
    expect(result.isBehind).toBe(false);
    expect(result.comparison).toContain('the majority class');
  });

  it('says nothing when there are no baselines', () => {
    const alone = compareMethods(lift({ accuracy: 0.9 }), [], accuracy!, 1);
    expect(alone).toMatchObject({ comparison: '', headline: '90.0 % of 1 row right', isBehind: false });
  });
});
