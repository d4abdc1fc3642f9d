import { describe, expect, it } from 'vitest';
import { english } from '../../../src/core/foundation/phrase';
import type { Phrase } from '../../../src/core/foundation/phrase';
import { englishReport } from '../../../src/core/report/report-language';
import { mixup } from '../../../src/core/studies/kinds/mixup';
import { teacherSimilarity } from '../../../src/core/studies/kinds/teacher-similarity';
import type { PartedRow } from '../../../src/core/studies/parted-rows';
import type { PredictedRow } from '../../../src/core/studies/predicted-rows';
import type { StudyInput, StudyResult, StudyRun } from '../../../src/core/studies/study';
import { studyInput } from './study-input';

const flowers = { ...studyInput('kind'), seeds: [0] };
const labels = (rows: readonly PartedRow[]): string[] => rows.map(({ cells }) => cells[3]!);

describe('the study of teachers', () => {
  it('labels all rows anew, and changes nothing else', async () => {
    const runs = await teacherSimilarity.plan(flowers);
    expect(runs.map(({ id }) => id)).toEqual([
      'logistic-seed-0',
      'neighbours-1-seed-0',
      'neighbours-3-seed-0',
      'neighbours-5-seed-0',
      'tree-3-seed-0',
      'tree-5-seed-0',
      'forest-seed-0',
      'boosting-seed-0',
      'svm-seed-0',
      'network-seed-0',
    ]);
    const { train, validation, test } = flowers.parts(0);
    const original = [...train, ...validation, ...test].map((row) => flowers.table.rows[row]!);
    for (const run of runs) {
      const rows = run.rows();
      expect(rows.map(({ cells }) => cells.slice(0, 3))).toEqual(original.map((cells) => cells.slice(0, 3)));
      const right = labels(rows).filter((label, row) => label === original[row]![3]).length / rows.length;
      expect(right).toBeGreaterThan(0.8);
    }
    // The nearest training row of a training row is itself.
    const nearest = labels(runs[1]!.rows()).slice(0, train.length);
    expect(nearest).toEqual(original.slice(0, train.length).map((cells) => cells[3]));
  });

  it('never learns from the true labels of test rows', async () => {
    const { test } = flowers.parts(0);
    const hidden = new Set(test);
    const rows = flowers.table.rows.map((cells, row) => (hidden.has(row) ? cells.with(3, 'iris') : cells));
    const blind: StudyInput = { ...flowers, table: { ...flowers.table, rows } };
    const [seeing, unseeing] = [await teacherSimilarity.plan(flowers), await teacherSimilarity.plan(blind)];
    unseeing.forEach((run, place) => {
      expect(labels(run.rows())).toEqual(labels(seeing[place]!.rows()));
    });
  });

  it('says whose labels LIFT learns better than others, and whom it is like', async () => {
    const runs = await teacherSimilarity.plan(flowers);
    const results = runs.map(({ id, series, x, seed }): StudyResult => {
      const accuracy = id.startsWith('tree-3') ? 0.9 : 0.6;
      const baselines = { majority: { accuracy: 0.3 }, 'decision-tree': { accuracy }, 'rbf-svm': { accuracy: 0.5 } };
      return { id, series, x, seed, metrics: { accuracy }, baselines, timing: {}, run: '' };
    });
    const [section] = await teacherSimilarity.sections!(results, flowers, englishReport);
    const names = [...section!.html.matchAll(/<th scope="row">([^<]*)</gu)].map(([, name]) => name);
    expect(names[0]).toBe(english(runs[4]!.x as Phrase));
    expect(names.slice(-2)).toEqual(['Decision tree', 'RBF support-vector machine']);
    expect(section!.html).toContain('<td>0.900</td><td>0.700</td><td>+0.200</td>');
  });

  it('leaves out teachers that say the same of all rows', async () => {
    // With columns that say nothing only what learns rows by heart says more than the most frequent class.
    const rows = flowers.table.rows.map((cells, row) => ['1', '1', cells[2]!, row % 9 === 0 ? 'lily' : 'iris']);
    const same: StudyInput = { ...flowers, table: { ...flowers.table, rows } };
    const runs = await teacherSimilarity.plan(same);
    expect(runs.length).toBeLessThan(10);
    const train = (run: StudyRun): PartedRow[] => run.rows().filter(({ part }) => part === 'train');
    for (const run of runs) expect(new Set(labels(train(run))).size).toBeGreaterThan(1);
  });
});

describe('the study of mixed rows', () => {
  const two = { ...studyInput('kind', 90, 2), seeds: [0] };

  it('learns classes as numbers, and rows between rows', async () => {
    const [classes, numbers, mixed] = await mixup.plan(two);
    const asNumber: Record<string, string> = { iris: '0', lily: '10' };
    expect(labels(numbers!.rows())).toEqual(labels(classes!.rows()).map((label) => asNumber[label]));
    const train = numbers!.rows().filter(({ part }) => part === 'train');
    const added = mixed!.rows().slice(0, train.length);
    expect(mixed!.rows().slice(train.length)).toEqual(numbers!.rows());
    const lengths = train.map(({ cells }) => Number(cells[0]));
    const between = new Set<string>();
    for (const { cells, part } of added) {
      expect(part).toBe('train');
      expect(cells[3]).toMatch(/^(\d|10)$/u);
      expect(cells[0]).toMatch(/^\d+\.\d\d$/u);
      between.add(cells[3]!);
      expect(Number(cells[0])).toBeGreaterThanOrEqual(Math.min(...lengths));
      expect(Number(cells[0])).toBeLessThanOrEqual(Math.max(...lengths));
    }
    expect(between.size).toBeGreaterThan(5);
    expect(classes!.judge).toBeUndefined();
  });

  it('judges numbers by the side of the middle that they are on, and by test rows alone', async () => {
    const { judge } = (await mixup.plan(two))[2]!;
    const row = (part: string, truth: string, prediction: string): PredictedRow => ({
      cells: [],
      part,
      truth,
      prediction,
      confidence: undefined,
      lower: undefined,
      upper: undefined,
    });
    const rows = [
      row('test', '10', '5.2'),
      row('test', '10', '4.9'),
      row('test', '0', '0'),
      row('validation', '0', '9'),
    ];
    expect(judge!(rows)).toEqual({ accuracy: 2 / 3 });
  });
});
