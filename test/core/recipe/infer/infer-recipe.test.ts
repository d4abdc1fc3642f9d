import { describe, expect, it } from 'vitest';
import { checkRecipe } from '../../../../src/core/recipe/document/check-recipe';
import { english } from '../../../../src/core/foundation/phrase';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import type { InferRecipeOptions } from '../../../../src/core/recipe/infer/infer-recipe';
import { parseRecipe } from '../../../../src/core/recipe/document/parse-recipe';
import { writeRecipe } from '../../../../src/core/recipe/document/write-recipe';
import type { Task } from '../../../../src/core/prompt/prompt-spec';
import { cells, flowers, tableOf } from '../table-of';
import type { SmallColumn } from '../table-of';
import { inEnglish } from '../../../helpers/in-english';

const x: SmallColumn = { name: 'x', type: 'number', cells: cells(100, (row) => `${row}.5`) };

function taskOf(target: SmallColumn, task?: Task): { task: Task; reason: string } {
  const options: InferRecipeOptions = { target: target.name, ...(task === undefined ? {} : { task }) };
  const { recipe, reasons } = inferRecipe(tableOf(x, target), options);
  return { task: recipe.task, reason: english(reasons.find(({ path }) => path === 'task')!.reason) };
}

describe('an inferred recipe', () => {
  it('names the dataset, the target and the task', () => {
    const { recipe, reasons } = inferRecipe(flowers);
    expect(recipe).toMatchObject({ version: 1, name: 'flowers', dataset: 'flowers.csv', task: 'classification' });
    expect(recipe.target).toEqual({
      column: 'species',
      name: 'species',
      unit: '',
      labels: {},
      format: 'scaled-linear',
    });
    expect(inEnglish(reasons.slice(0, 2))).toEqual([
      { path: 'target.column', reason: 'it is the last column' },
      { path: 'task', reason: 'the target holds 2 different words' },
    ]);
  });

  it('tells every column but identifiers and constants, with a reason for each', () => {
    const { recipe, reasons } = inferRecipe(flowers);
    expect(recipe.features.map(({ column, include }) => [column, include])).toEqual([
      ['id', false],
      ['sepal_length_cm', true],
      ['colour', true],
      ['garden', false],
      ['note', true],
    ]);
    const of = (index: number): string =>
      english(reasons.find(({ path }) => path === `features[${index}].include`)!.reason);
    expect(of(0)).toBe('left out: all 60 values are of this type');
    expect(of(1)).toBe('number: all 60 values are of this type');
    expect(of(3)).toBe('left out: every row says "north"');
  });

  it('keeps a column that is constant where it is not missing', () => {
    const sparse = { name: 'flag', type: 'category', cells: cells(100, (row) => (row % 2 ? 'yes' : null)) } as const;
    const empty = { name: 'empty', type: 'text', cells: [] } as const;
    const target = { name: 'y', type: 'category', cells: cells(100, (row) => `c${row % 2}`) } as const;
    const { recipe } = inferRecipe(tableOf(sparse, empty, x, target));
    expect(recipe.features.map(({ include }) => include)).toEqual([true, false, true]);
  });

  it('speaks of columns in words, never of two in the same', () => {
    const column = (name: string): SmallColumn => ({ ...x, name });
    const { recipe } = inferRecipe(tableOf(column('length_cm'), column('length_mm'), column('Len'), column('len'), x));
    expect(recipe.features.map(({ name, unit }) => [name, unit])).toEqual([
      ['length in cm', 'cm'],
      ['length in mm', 'mm'],
      ['Len', ''],
      ['len', ''],
    ]);
  });

  it('suits the embedded model or another one', () => {
    const embedded = inferRecipe(flowers).recipe;
    expect(embedded).toMatchObject({
      template: { name: 'compact' },
      examples: { rows: 8 },
      training: { method: 'full' },
      model: { id: 'embedded' },
    });
    expect(embedded.features.map(({ format }) => format)).toEqual(['as-is', 'scaled', 'as-is', 'as-is', 'as-is']);
    const other = inferRecipe(flowers, { model: 'HuggingFaceTB/SmolLM2-135M' }).recipe;
    expect(other).toMatchObject({
      template: { name: 'sentence' },
      examples: { rows: 0 },
      training: { method: 'lora' },
    });
    expect(other.features[1]!.format).toBe('as-is');
    const paper = inferRecipe(flowers, { template: 'paper', path: 'data/f.csv' }).recipe;
    expect(paper).toMatchObject({
      dataset: 'data/f.csv',
      name: 'f',
      template: { name: 'paper' },
      target: { format: 'as-is' },
    });
  });

  it('tells images by their pixels alone, one digit each, or as the paper has it', () => {
    const pixels = Array.from({ length: 16 }, (_, index): SmallColumn => {
      const shade = (row: number): string => (index === 0 ? '0' : `${(row * (index + 1)) % 17}`);
      return { name: `p${Math.floor(index / 4)}_${index % 4}`, type: 'integer', cells: cells(60, shade) };
    });
    const file: SmallColumn = { name: 'title', type: 'category', cells: cells(60, (row) => `${row % 4}`) };
    const digit: SmallColumn = { name: 'digit', type: 'category', cells: cells(60, (row) => `${row % 2}`) };
    const images = tableOf(file, ...pixels, digit);
    const { recipe, reasons } = inferRecipe(images, { target: 'digit' });
    expect(recipe).toMatchObject({ template: { name: 'image' }, series: false });
    expect(recipe.features.map(({ include }) => include)).toEqual([false, false, ...pixels.slice(1).map(() => true)]);
    expect(recipe.features.map(({ format }) => format)).toEqual(['as-is', ...pixels.map(() => 'digit')]);
    expect(inEnglish(reasons)).toContainEqual({
      path: 'template.name',
      reason: 'the columns are the pixels of an image',
    });
    const other = inferRecipe(images, { target: 'digit', model: 'HuggingFaceTB/SmolLM2-135M' }).recipe;
    expect(other.template.name).toBe('paper-image');
    expect(inferRecipe(images, { target: 'p1_1' }).recipe.template.name).toBe('compact');
  });

  it('survives being written and read', () => {
    const { recipe } = inferRecipe(flowers);
    expect(parseRecipe(writeRecipe(recipe))).toEqual(recipe);
  });

  it('fits its table', () => {
    expect(() => {
      checkRecipe(inferRecipe(flowers).recipe, flowers);
    }).not.toThrow();
  });
});

describe('the inferred target', () => {
  const column = (name: string): SmallColumn => ({ ...x, name });
  const targetOf = (...columns: SmallColumn[]): string => inferRecipe(tableOf(...columns)).recipe.target.column;

  it('is a column called target, label, class or y, in any case', () => {
    expect(targetOf(column('Y'), column('a'))).toBe('Y');
    expect(targetOf(column('class'), column('label'), column('a'))).toBe('label');
  });

  it('is else the last column that can be predicted', () => {
    expect(targetOf(column('a'), column('b'))).toBe('b');
    const constant = { name: 'same', type: 'category', cells: cells(100, () => 'k') } as const;
    const id = { name: 'id', type: 'identifier', cells: cells(100, (row) => `k${row}`) } as const;
    expect(targetOf(column('a'), column('b'), constant, id)).toBe('b');
  });
});

describe('the inferred task', () => {
  const numbers = (distinct: number): SmallColumn => ({
    name: 'y',
    type: 'integer',
    cells: cells(100, (row) => String(row % distinct)),
  });

  it('is classification for words and few whole numbers, regression for other numbers', () => {
    expect(taskOf({ name: 'y', type: 'boolean', cells: cells(100, (row) => (row % 2 ? 'yes' : 'no')) }).task).toBe(
      'classification',
    );
    expect(taskOf({ ...x, name: 'y' })).toEqual({ task: 'regression', reason: 'the target holds decimal numbers' });
    expect(taskOf(numbers(5))).toEqual({
      task: 'classification',
      reason: 'the target holds only 5 different whole numbers',
    });
    expect(taskOf(numbers(6))).toEqual({ task: 'regression', reason: 'the target holds 6 different whole numbers' });
  });

  it('can be asked for', () => {
    expect(taskOf(numbers(5), 'regression')).toEqual({ task: 'regression', reason: 'it was asked for' });
    expect(taskOf(numbers(50), 'classification').task).toBe('classification');
  });
});

describe('a recipe cannot be inferred', () => {
  const failure = (code: string, message: string): unknown =>
    expect.objectContaining({ code, message: expect.stringContaining(message) as unknown });

  it('for a table with one column', () => {
    expect(() => inferRecipe(tableOf(x))).toThrow(failure('target-invalid', 'The table has one column'));
  });

  it('for a target that is not there', () => {
    expect(() => inferRecipe(flowers, { target: 'specis' })).toThrow(
      expect.objectContaining({
        code: 'column-missing',
        hint: expect.stringMatching(/^Did you mean "species"\?/) as unknown,
      }),
    );
  });

  it('for a target that is empty, constant, or different in every row', () => {
    const y = (rule: (row: number) => string | null): SmallColumn => ({
      name: 'y',
      type: 'text',
      cells: cells(100, rule),
    });
    expect(() =>
      inferRecipe(
        tableOf(
          x,
          y(() => null),
        ),
      ),
    ).toThrow(failure('target-invalid', '"y" is empty in all 100 rows'));
    expect(() =>
      inferRecipe(
        tableOf(
          x,
          y(() => 'a'),
        ),
      ),
    ).toThrow(failure('target-invalid', 'only one value, "a"'));
    expect(() =>
      inferRecipe(
        tableOf(
          x,
          y((row) => `t${row}`),
        ),
      ),
    ).toThrow(failure('target-invalid', 'no class repeats'));
  });

  it('for a table whose other columns say the same in every row', () => {
    const same: SmallColumn = { name: 'batch', type: 'category', cells: cells(100, () => 'B7') };
    expect(() => inferRecipe(tableOf(same, x), { target: 'x' })).toThrow(
      failure('target-invalid', 'The first, "batch": every row says "B7".'),
    );
  });

  it('for a regression of words', () => {
    expect(() => inferRecipe(flowers, { task: 'regression' })).toThrow(failure('target-invalid', 'it holds "setosa"'));
  });
});

describe('checking a recipe against a table', () => {
  it('finds columns that the table lacks, and a target that it cannot predict', () => {
    const { recipe } = inferRecipe(flowers);
    const other = tableOf(x, { name: 'species', type: 'category', cells: cells(100, (row) => `s${row % 2}`) });
    expect(() => {
      checkRecipe(recipe, other);
    }).toThrow('The table has no column "sepal_length_cm".');
    expect(() => {
      checkRecipe({ ...recipe, features: [], target: { ...recipe.target, column: 'garden' } }, flowers);
    }).toThrow('has only one value, "north"');
  });
});
