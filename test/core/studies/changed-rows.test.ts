import { describe, expect, it } from 'vitest';
import { calibration, noiseOf } from '../../../src/core/studies/kinds/calibration';
import { decisionBoundary } from '../../../src/core/studies/kinds/decision-boundary';
import { featureNoise } from '../../../src/core/studies/kinds/feature-noise';
import { inContext } from '../../../src/core/studies/kinds/in-context';
import { outliers } from '../../../src/core/studies/kinds/outliers';
import { names, promptTemplates } from '../../../src/core/studies/kinds/prompts';
import type { PartedRow } from '../../../src/core/studies/parted-rows';
import { quantileOf } from '../../../src/core/studies/ranks';
import { correlation, spearman } from '../../../src/core/evaluation/correlation';
import type { StudyInput, StudyKind, StudyRun } from '../../../src/core/studies/study';
import { studyInput } from './study-input';

const flowers = studyInput('kind');
const prices = studyInput('price');

async function runsOf(kind: StudyKind, input: StudyInput): Promise<StudyRun[]> {
  const runs = (await kind.plan(input)).filter(({ seed }) => seed === 0);
  expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
  return runs;
}

const partOf = (run: StudyRun, part: PartedRow['part']): PartedRow[] => run.rows().filter((row) => row.part === part);
const numbers = (rows: readonly PartedRow[], index: number): number[] => rows.map(({ cells }) => Number(cells[index]));

describe('the study of outliers', () => {
  it('throws answers far up in a share of the learnt rows, and in no other', async () => {
    const runs = await runsOf(outliers, prices);
    const clean = runs.find(({ x }) => x === 0)!;
    const most = runs.find(({ x }) => x === 0.2)!;
    expect(partOf(most, 'test')).toEqual(partOf(clean, 'test'));
    const [before, after] = [numbers(partOf(clean, 'train'), 2), numbers(partOf(most, 'train'), 2)];
    const changed = after.filter((value, row) => value !== before[row]);
    expect(changed).toHaveLength(Math.round(0.2 * after.length));
    const some = numbers(
      partOf(
        runs.find(({ x }) => x === 0.1)!,
        'train',
      ),
      2,
    );
    for (const [row, value] of some.entries()) if (value !== before[row]) expect(value).toBe(after[row]);
    const mean = before.reduce((sum, value) => sum + value / before.length, 0);
    for (const value of changed) expect(value).toBeGreaterThanOrEqual(mean - 0.01);
  });
});

describe('the study of feature noise', () => {
  it('changes the numbers of the test rows alone, more and more, in the digits that the column has', async () => {
    const runs = await runsOf(featureNoise, flowers);
    const clean = runs.find(({ x }) => x === 0)!;
    const farAt = (level: number): number => {
      const run = runs.find(({ x }) => x === level)!;
      expect(partOf(run, 'train')).toEqual(partOf(clean, 'train'));
      const [before, after] = [numbers(partOf(clean, 'test'), 0), numbers(partOf(run, 'test'), 0)];
      for (const { cells } of partOf(run, 'test')) expect(cells[0]).toMatch(/^-?\d+\.\d\d$/);
      return after.reduce((sum, value, row) => sum + Math.abs(value - before[row]!), 0);
    };
    expect(farAt(0)).toBe(0);
    expect(farAt(0.1)).toBeGreaterThan(0);
    expect(farAt(1)).toBeGreaterThan(5 * farAt(0.1));
  });
});

describe('the studies of prompts', () => {
  it('write the same rows in each way, and let the baselines run once', async () => {
    for (const [kind, count] of [
      [names, 6],
      [promptTemplates, 4],
    ] as const) {
      const runs = await runsOf(kind, flowers);
      expect(runs).toHaveLength(count);
      expect(runs.filter(({ baselines }) => baselines)).toHaveLength(1);
      for (const run of runs) expect(run.rows()).toEqual(runs[0]!.rows());
    }
  });
});

describe('the study of reading rows', () => {
  it('reads and is trained on the very same few rows', async () => {
    const runs = await runsOf(inContext, flowers);
    const [read, , tuned, all] = runs.map((run) => partOf(run, 'train'));
    expect(read).toEqual(tuned);
    expect(read).toHaveLength(32);
    expect(all!.length).toBeGreaterThan(32);
  });
});

describe('the study of calibration', () => {
  it('adds noise to numbers that grows with the first of the columns', async () => {
    const [plain, noisy] = await runsOf(calibration, prices);
    const before = numbers(plain!.rows(), 2);
    const errors = numbers(noisy!.rows(), 2).map((value, row) => Math.abs(value - before[row]!));
    const noise = plain!.rows().map(({ cells }) => noiseOf(prices)(cells));
    expect(spearman(noise, errors)).toBeGreaterThan(0.4);
    expect(await runsOf(calibration, flowers)).toHaveLength(1);
  });
});

describe('the study of decision boundaries', () => {
  it('asks about a grid around the rows, whose answers are not known', async () => {
    const [run] = await runsOf(decisionBoundary, flowers);
    const grid = run!.rows().filter(({ cells }) => cells[3] === null);
    expect(grid).toHaveLength(36 * 36);
    const lengths = flowers.table.rows.map((cells) => Number(cells[0]));
    expect(Math.min(...numbers(grid, 0))).toBeLessThan(Math.min(...lengths));
    expect(Math.max(...numbers(grid, 0))).toBeGreaterThan(Math.max(...lengths));
  });
});

describe('rank statistics', () => {
  it('measure order, and sameness of shape', () => {
    expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBeCloseTo(1);
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1);
    // Ties share their ranks: 1.5, 1.5, 3 against 1, 2, 3.
    expect(spearman([5, 5, 7], [1, 2, 3])).toBeCloseTo(Math.sqrt(3) / 2);
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1);
    expect(correlation([1, 1, 1], [2, 4, 6])).toBeUndefined();
    expect([0, 5, 10, 20].map(quantileOf([0, 5, 10]))).toEqual([0, 0.5, 1, 1]);
  });
});
