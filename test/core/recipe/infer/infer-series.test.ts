import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/core/foundation/random';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import { cells, tableOf } from '../table-of';
import type { SmallColumn } from '../table-of';

const rows = 80;

/** Twenty numeric columns and two classes. */
function isSeries(valueOf: (row: number, column: number) => number): boolean {
  const columns = Array.from({ length: 20 }, (_, column): SmallColumn => {
    return { name: `t${column}`, type: 'number', cells: cells(rows, (row) => `${valueOf(row, column)}`) };
  });
  const target: SmallColumn = { name: 'shape', type: 'category', cells: cells(rows, (row) => `s${row % 2}`) };
  const { recipe, reasons } = inferRecipe(tableOf(...columns, target));
  expect(reasons.some(({ path }) => path === 'series')).toBe(recipe.series);
  return recipe.series;
}

describe('the columns of a table', () => {
  const random = new Random(1);
  const sizes = Array.from({ length: rows }, () => Math.exp(3 * random.normal()));

  it('are taken for a series when they rise and fall together', () => {
    expect(isSeries((row, column) => sizes[row]! * (column === row % 20 ? 1.2 : 1))).toBe(true);
  });

  it('are not when each goes its own way, or only some go together', () => {
    expect(isSeries(() => random.normal())).toBe(false);
    expect(isSeries((row, column) => (column < 10 ? sizes[row]! : random.normal()))).toBe(false);
  });

  it('are not when they are few', () => {
    const few = ['a', 'b', 'c'].map((name): SmallColumn => {
      return { name, type: 'number', cells: cells(rows, (row) => `${sizes[row]!}`) };
    });
    const target: SmallColumn = { name: 'shape', type: 'category', cells: cells(rows, (row) => `s${row % 2}`) };
    expect(inferRecipe(tableOf(...few, target)).recipe.series).toBe(false);
  });
});
