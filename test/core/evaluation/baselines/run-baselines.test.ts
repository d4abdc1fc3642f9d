import { beforeAll, describe, expect, it } from 'vitest';
import type { BaselineProgress, BaselineRequest } from '../../../../src/core/evaluation/baselines/baseline-request';
import type {
  ClassificationBaselineResult,
  RegressionBaselineResult,
} from '../../../../src/core/evaluation/baselines/baseline-result';
import { runBaselines } from '../../../../src/core/evaluation/baselines/run-baselines';
import { Random } from '../../../../src/core/foundation/random';
import type { Cell, Table } from '../../../../src/core/table/table';
import { everyFifth, smallTable } from './small-table';

const rowCount = 150;

/** Two numbers, a category and a target that depends on them; `answer` makes the target's text. */
function madeTable(answer: (x: number, y: number, kind: string, noise: number) => string): Table {
  const random = new Random(7);
  const rows = Array.from({ length: rowCount }, (): Cell[] => {
    const [x, y, kind] = [random.normal(), random.normal(), random.below(2) === 0 ? 'plain' : 'spiced'];
    const target = answer(x, y, kind, random.normal());
    return [x.toFixed(3), random.below(10) === 0 ? null : y.toFixed(3), kind, 'same', target];
  });
  return smallTable(
    [
      ['x', 'number'],
      ['y', 'number'],
      ['kind', 'category'],
      ['constant', 'category'],
      ['target', 'category'],
    ],
    rows,
  );
}

const classTable = madeTable((x, _y, kind, noise) =>
  x + 0.2 * noise > 0.3 ? 'beyond' : kind === 'plain' ? 'left' : 'right',
);
const numberTable = madeTable((x, y, kind, noise) =>
  (100 + 20 * x * x + (kind === 'plain' ? 5 * y : 30) + noise).toFixed(2),
);

function request(table: Table, task: BaselineRequest['task'], more: Partial<BaselineRequest> = {}): BaselineRequest {
  return { table, features: [0, 1, 2, 3], target: 4, task, split: everyFifth(rowCount), seed: 1, ...more };
}

async function classify(table: Table, more?: Partial<BaselineRequest>): Promise<ClassificationBaselineResult[]> {
  const results = await runBaselines(request(table, 'classification', more));
  return results.filter((result) => result.task === 'classification');
}

async function regress(table: Table, more?: Partial<BaselineRequest>): Promise<RegressionBaselineResult[]> {
  const results = await runBaselines(request(table, 'regression', more));
  return results.filter((result) => result.task === 'regression');
}

function withTarget(table: Table, change: (cell: Cell, row: number) => Cell): Table {
  return { ...table, rows: table.rows.map((cells, row) => [...cells.slice(0, 4), change(cells[4] ?? null, row)]) };
}

/** All that a result says, but for the time it took. */
function timeless(results: readonly (ClassificationBaselineResult | RegressionBaselineResult)[]): unknown {
  return results.map((result) => ({ ...result, seconds: 0 }));
}

describe('baseline classifiers', () => {
  const progress: BaselineProgress[] = [];
  let results: ClassificationBaselineResult[];
  beforeAll(async () => {
    results = await classify(classTable, { onProgress: (step) => progress.push(step) });
  });

  it('are all run, with metrics, choices and one prediction a test row', () => {
    const names = results.map((result) => result.name);
    const learners = ['nearest-neighbours', 'decision-tree', 'random-forest', 'gradient-boosting', 'rbf-svm'];
    expect(names).toEqual(['majority', 'logistic-regression', ...learners]);
    for (const result of results) {
      expect(result.classes).toEqual(['beyond', 'left', 'right']);
      expect(result.testPredictions).toHaveLength(30);
      expect(result.test.count).toBe(30);
      expect(result.validation?.count).toBe(30);
      expect(result).toMatchObject({ trainRows: 90, note: '' });
      expect(result.testProbabilities === null).toBe(result.name === 'rbf-svm');
      expect(result.test.logLoss === null).toBe(result.name === 'rbf-svm');
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }
  });

  it('learn what there is to learn', () => {
    const accuracyOf = (name: string): number => results.find((result) => result.name === name)!.test.accuracy;
    for (const name of ['random-forest', 'gradient-boosting', 'rbf-svm']) {
      expect(accuracyOf(name)).toBeGreaterThan(accuracyOf('majority') + 0.3);
    }
  });

  it('report progress that never goes back and ends at one', () => {
    const fractions = progress.map((step) => step.fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(new Set(progress.map((step) => step.label)).size).toBe(7);
  });

  it('are the same for the same seed', async () => {
    expect(timeless(await classify(classTable))).toEqual(timeless(results));
  });

  it('never look at the truth of test rows', async () => {
    const blinded = withTarget(classTable, (cell, row) => (row % 5 === 4 ? 'left' : cell));
    const choices = (all: ClassificationBaselineResult[]): unknown =>
      all.map(({ parameters, testPredictions, testProbabilities, validation }) => [
        parameters,
        testPredictions,
        testProbabilities,
        validation,
      ]);
    expect(choices(await classify(blinded))).toEqual(choices(results));
  });

  it('count a class that training never shows as wrong', async () => {
    const surprised = withTarget(classTable, (cell, row) => (row % 5 >= 3 ? 'new' : cell));
    for (const result of await classify(surprised)) {
      expect(result.test.accuracy).toBe(0);
      expect(result.validation?.accuracy).toBe(0);
      expect(result.classes).not.toContain('new');
    }
  });

  it('handle two classes', async () => {
    const two = withTarget(classTable, (cell) => (cell === 'beyond' ? 'yes' : 'no'));
    for (const result of await classify(two)) {
      expect(result.classes).toEqual(['no', 'yes']);
      if (result.name !== 'majority' && result.test.auc !== null) expect(result.test.auc).toBeGreaterThan(0.5);
    }
  });

  it('are only the majority class when training shows one class, or when there is nothing to read', async () => {
    const one = withTarget(classTable, () => 'only');
    expect((await classify(one)).map((result) => result.name)).toEqual(['majority']);
    expect((await classify(classTable, { features: [] })).map((result) => result.name)).toEqual(['majority']);
  });

  it('do without validation rows, and say so', async () => {
    const { train, test } = everyFifth(rowCount);
    for (const result of await classify(classTable, { split: { train, validation: [], test } })) {
      expect(result.validation).toBeNull();
      expect(result.testPredictions).toHaveLength(30);
    }
  });
});

describe('baseline regressions', () => {
  it('are all run in the unit of the target, and learn what there is to learn', async () => {
    const results = await regress(numberTable);
    const names = results.map((result) => result.name);
    const learners = ['nearest-neighbours', 'decision-tree', 'random-forest', 'gradient-boosting', 'rbf-svr'];
    expect(names).toEqual(['mean', 'ridge', ...learners]);
    const [mean, ...others] = results;
    expect(mean!.testPredictions[0]).toBeGreaterThan(100);
    expect(mean!.test.rae).toBeCloseTo(1, 0);
    for (const result of others.filter(({ name }) => name !== 'ridge')) expect(result.test.rae).toBeLessThan(0.7);
    expect(timeless(await regress(numberTable))).toEqual(timeless(results));
  });

  it('predict a constant target exactly', async () => {
    for (const result of await regress(withTarget(numberTable, () => '12.5'))) {
      expect(result.test.rmse).toBeCloseTo(0, 9);
      expect(result.test).toMatchObject({ r2: null, rae: null });
    }
  });

  it('name the line of a target that is missing or not a number', async () => {
    const hole = withTarget(numberTable, (cell, row) => (row === 4 ? null : cell));
    await expect(regress(hole)).rejects.toMatchObject({
      code: 'target-invalid',
      message: 'Line 6 has no value in the target column "target".',
    });
    const word = withTarget(numberTable, (cell, row) => (row === 4 ? 'much' : cell));
    await expect(regress(word)).rejects.toMatchObject({
      code: 'target-invalid',
      message: expect.stringContaining('Line 6 has "much"') as string,
    });
  });
});

describe('baselines', () => {
  it('stop when they are cancelled while they compute', async () => {
    const controller = new AbortController();
    const onProgress = ({ fraction }: BaselineProgress): void => {
      // A timer, as a message to cancel would come: it fires only if the event loop gets its turns.
      if (fraction > 0.2)
        setTimeout(() => {
          controller.abort();
        }, 0);
    };
    await expect(classify(classTable, { signal: controller.signal, onProgress })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('need training and test rows', async () => {
    const { train, validation } = everyFifth(rowCount);
    await expect(classify(classTable, { split: { train, validation, test: [] } })).rejects.toMatchObject({
      code: 'csv-empty',
    });
  });
});
