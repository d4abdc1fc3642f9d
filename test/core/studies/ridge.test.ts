import { describe, expect, it } from 'vitest';
import type { Phrase } from '../../../src/core/foundation/phrase';
import { Random } from '../../../src/core/foundation/random';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import { englishReport } from '../../../src/core/report/report-language';
import { splitRows } from '../../../src/core/run/task/split-rows';
import { contradictingPrompts } from '../../../src/core/studies/kinds/contradicting-prompts';
import { ridge } from '../../../src/core/studies/kinds/ridge';
import type { StudyInput, StudyRun } from '../../../src/core/studies/study';
import { WorkEstimate } from '../../../src/core/studies/work-estimate';
import { temporaryFolder } from '../../helpers/bundle';
import { makeTable } from '../table/make-table';
import { doneRun } from './done-run';
import { studyInput } from './study-input';

const prices = studyInput('price');

describe('the study of ridge regression', () => {
  it('adds one far row a column to the training rows, and nothing else', async () => {
    const runs = (await ridge.plan(prices)).filter(({ seed }) => seed === 0);
    const [plain, , , hundred] = runs;
    expect(runs.map(({ x }) => (x as Phrase).values[0])).toEqual([0, 10, 50, 100, 1000]);
    const [before, after] = [plain!.rows(), hundred!.rows()];
    expect(after.slice(2)).toEqual(before);
    const train = before.filter(({ part }) => part === 'train');
    const of = (index: number): { mean: number; deviation: number } => {
      const values = train.map(({ cells }) => Number(cells[index]));
      const mean = values.reduce((sum, value) => sum + value / values.length, 0);
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
      return { mean, deviation: Math.sqrt(variance) };
    };
    const [length, width, price] = [of(0), of(1), of(2)];
    const reach = (100 * Math.sqrt(3)) / 10;
    const added = after.slice(0, 2).map(({ cells, part }) => ({ cells: cells.slice(0, 3).map(Number), part }));
    expect(added.map(({ part }) => part)).toEqual(['train', 'train']);
    [length.mean + reach * length.deviation, width.mean, price.mean].forEach((value, index) => {
      expect(added[0]!.cells[index]).toBeCloseTo(value, 2);
    });
    [length.mean, width.mean + reach * width.deviation, price.mean].forEach((value, index) => {
      expect(added[1]!.cells[index]).toBeCloseTo(value, 2);
    });
    for (const run of runs) expect(run.set).toContain('training.outliers=keep');
  });

  it('tells answers of the plain line from those of ridge regression', async () => {
    const folder = await temporaryFolder();
    const input = { ...sums(), seeds: [0] };
    const runs = await ridge.plan(input);
    // The line itself, whatever rows are added.
    const results = await Promise.all(
      runs.map((run) => doneRun(folder, input, run, (cells) => Number(cells[0]) + Number(cells[1]))),
    );
    const [section] = await ridge.sections!(results, input, englishReport);
    const figures = [
      ...section!.html.matchAll(/<th scope="row">(\d+)<\/th><td>(.*?)<\/td><td>(.*?)<\/td><td>(.*?)</gu),
    ];
    expect(figures.map(([, strength]) => strength)).toEqual(['0', '10', '50', '100', '1000']);
    for (const [, , toRidge, toLine, ignoring] of figures) {
      expect(Number(toLine)).toBeLessThan(0.01);
      expect(Number(toRidge)).toBeCloseTo(Number(ignoring), 1);
    }
    expect(Number(figures[0]![4])).toBe(0);
    expect(Number(figures[3]![4])).toBeGreaterThan(1);
  });
});

describe('the study of contradicting prompts', () => {
  it('writes the same few rows in three wordings, of which the signs of the rows say which agrees', async () => {
    const questions = async (input: StudyInput): Promise<string[]> => {
      const runs = (await contradictingPrompts.plan(input)).filter(({ x }) => x === 8);
      for (const run of runs) expect(run.rows()).toEqual(runs[0]!.rows());
      expect(runs.map(({ baselines }) => baselines)).toEqual([true, false, false]);
      return runs.map(({ set }) => set!.find((field) => field.startsWith('template.question='))!);
    };
    const one = { ...sums(), seeds: [0] };
    const [plain, agreeing, contradicting] = await questions(one);
    expect(plain).toContain('"price"}}= what is');
    expect(agreeing).toContain('"a+b"}}= what is');
    expect(contradicting).toContain('"a-b"}}= what is');
    const [, agreeingToo] = await questions({ ...sums(-1), seeds: [0] });
    expect(agreeingToo).toContain('"a-b"}}= what is');
  });

  it('has prompts that can be written', async () => {
    const input = { ...sums(), seeds: [0] };
    const estimate = new WorkEstimate(input);
    const works = (await contradictingPrompts.plan(input)).map((run: StudyRun) => estimate.of(run).trained);
    expect(works.every((work) => work > 0)).toBe(true);
  });
});

/** Two numbers, and their sum or difference. */
function sums(sign = 1): StudyInput {
  const random = new Random(2);
  const table = makeTable(
    ['a', 'b', 'price'],
    Array.from({ length: 90 }, () => {
      const [a, b] = [20 * random.next() - 10, 20 * random.next() - 10];
      return [a.toFixed(3), b.toFixed(3), (a + sign * b).toFixed(3)];
    }),
  );
  const { recipe } = inferRecipe(table, { target: 'price' });
  const parts: StudyInput['parts'] = (seed) =>
    splitRows(table, { ...recipe, split: { ...recipe.split, seed } }, () => undefined);
  return { ...prices, table, recipe, parts };
}
