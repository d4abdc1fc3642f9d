import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import { writeRecipe } from '../../../../src/core/recipe/document/write-recipe';
import { chooseRecipe } from '../../../../src/core/run/task/choose-recipe';
import { readTable } from '../../../../src/core/table/read-table';
import type { Table } from '../../../../src/core/table/table';

describe('the model of a recipe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lift-choose-recipe-'));
  let table: Table;
  beforeAll(async () => {
    table = await readTable(join('media', 'samples', 'iris.csv'));
    mkdirSync(join(folder, 'models', 'mine'), { recursive: true });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function chosen(written: string, wished?: string): Promise<string> {
    const path = join(folder, 'iris.lift.json');
    writeFileSync(path, writeRecipe(inferRecipe(table, { model: written }).recipe));
    const recipe = await chooseRecipe(table, { recipe: path, model: wished, set: [] }, () => undefined);
    return recipe.model.id;
  }

  it.each(['./models/mine', 'models/mine'])(
    'is a folder beside the recipe, wherever it is run from: %s',
    async (id) => {
      expect(await chosen(id)).toBe(join(folder, 'models', 'mine'));
    },
  );

  it('is looked for beside the recipe when it is not there', async () => {
    expect(await chosen('../gone')).toBe(resolve(folder, '..', 'gone'));
  });

  it.each(['embedded', 'people/model'])('stays an id when it is no folder: %s', async (id) => {
    expect(await chosen(id)).toBe(id);
  });

  it('is a folder of the caller when the caller names another one', async () => {
    expect(await chosen('embedded', './base-model')).toBe(resolve('base-model'));
  });
});
