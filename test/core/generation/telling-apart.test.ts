import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { columnsToMake } from '../../../src/core/generation/source-rows';
import type { SourceRows } from '../../../src/core/generation/source-rows';
import { realRows } from '../../../src/core/generation/small-table';
import { tellingApart } from '../../../src/core/generation/telling-apart';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import { runFolderAt } from '../../../src/core/run/folder/run-folder';
import type { Cell } from '../../../src/core/table/table';
import { makeTable } from '../table/make-table';

/** Rows of two numbers and a class that follows from them. */
function rowsBy(random: Random, count: number, shift = 0): string[][] {
  return Array.from({ length: count }, () => {
    const [width, height] = [10 + 3 * random.normal(), 20 + 4 * random.normal() + shift];
    return [width.toFixed(2), height.toFixed(2), width + height > 30 ? 'large' : 'small'];
  });
}

/** The AUC of rows beside those of a table; `shift` is how far one column of them is off. */
async function aucOf(seed: number, count: number, shift = 0): Promise<number | undefined> {
  const random = new Random(seed);
  const table = makeTable(['width', 'height', 'size'], rowsBy(random, count));
  const { recipe } = inferRecipe(table, { target: 'size' });
  const train = table.rows.map((_, row) => row);
  const columns = columnsToMake(table, recipe, train);
  const source: SourceRows = { folder: runFolderAt('none'), recipe, table, train, validation: [], test: [], columns };
  const made = rowsBy(random, count, shift).map((cells): Cell[] => columns.map(({ index }) => cells[index]!));
  return tellingApart(source, made, realRows(source, train), undefined);
}

describe('telling made rows from real ones', () => {
  it('is guessing on average where both come from one source, though several models try', async () => {
    const aucs: number[] = [];
    for (let seed = 0; seed < 6; seed++) aucs.push((await aucOf(seed, 40))!);
    expect(Math.abs(aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length - 0.5)).toBeLessThan(0.06);
  }, 300_000);

  it('is nearly always right where a column is off', async () => {
    expect(await aucOf(1, 40, 20)).toBeGreaterThan(0.95);
  });

  it('says nothing of too few rows', async () => {
    expect(await aucOf(1, 4)).toBeUndefined();
  });
});
