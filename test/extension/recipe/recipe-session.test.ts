import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { applyOverrides } from '../../../src/core/recipe/document/apply-overrides';
import { writeRecipe } from '../../../src/core/recipe/document/write-recipe';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import type { Recipe } from '../../../src/core/recipe/recipe';
import { ForestLikeness } from '../../../src/core/retrieval/forest-likeness';
import { readTable } from '../../../src/core/table/read-table';
import { RecipeSession } from '../../../src/extension/recipe/recipe-session';
import { temporaryFolder } from '../../helpers/bundle';

let session: RecipeSession;
let recipe: Recipe;
const learning = vi.spyOn(ForestLikeness, 'grow');

/** Two columns that matter together only, among others: what is alike has to be learnt. */
beforeEach(async () => {
  const folder = await temporaryFolder();
  const draw = new Random(4);
  const lines = Array.from({ length: 300 }, () => {
    const cells = Array.from({ length: 6 }, () => draw.next() - 0.5);
    return `${cells.map((cell) => cell.toFixed(3)).join(',')},${cells[0]! * cells[1]! > 0 ? 'same' : 'other'}`;
  });
  const csv = join(folder, 'signs.csv');
  await writeFile(csv, `a,b,c,d,e,f,signs\n${lines.join('\n')}\n`);
  recipe = inferRecipe(await readTable(csv), { target: 'signs' }).recipe;
  session = new RecipeSession(join(folder, 'signs.lift.json'));
});

afterEach(() => {
  session.dispose();
  learning.mockClear();
});

/** How many of the example rows of the first rows have the answer of the row itself. */
function alike(): number {
  return Array.from({ length: 40 }, (_, row) => session.previewRow(row)).reduce(
    (sum, { cells, examples }) => sum + examples.filter((example) => example[6] === cells[6]).length,
    0,
  );
}

function learningBegan(times: number): Promise<void> {
  return vi.waitFor(
    () => {
      expect(learning).toHaveBeenCalledTimes(times);
    },
    { timeout: 10_000, interval: 1 },
  );
}

describe('a recipe in the prompt editor', () => {
  it('shows rows at once, and the rows most like them when it is learnt which these are', async () => {
    session.takeText(writeRecipe(recipe));
    let soon: number | undefined;
    await session.update(() => (soon = alike()));
    expect(soon).toBeGreaterThan(0);
    expect(alike()).toBeGreaterThan(1.2 * soon!);
  });

  it('shows the last change, also where an earlier one is still being learnt', async () => {
    session.takeText(writeRecipe(recipe));
    await session.update();
    const counts = [3, 4, 2];
    const updates = counts.map((count) => {
      session.takeText(writeRecipe(applyOverrides(recipe, [`examples.rows=${count}`])));
      return session.update();
    });
    await Promise.all(updates);
    expect(session.previewRow(0).examples).toHaveLength(2);
    expect(session.view(true)).toMatchObject({ reading: false, tableError: undefined });
  });

  it('goes on learning while only words of the template change', async () => {
    session.takeText(writeRecipe(recipe));
    const update = session.update();
    await learningBegan(1);
    session.takeText(writeRecipe(applyOverrides(recipe, ['template.preamble=Signs:'])));
    await Promise.all([update, session.update()]);
    expect(learning).toHaveBeenCalledTimes(1);
  });

  it('shows what it knows when a change is taken back before it is learnt', async () => {
    session.takeText(writeRecipe(recipe));
    await session.update();
    session.takeText(writeRecipe(applyOverrides(recipe, ['examples.rows=3'])));
    const changed = session.update();
    await learningBegan(2);
    session.takeText(writeRecipe(recipe));
    await Promise.all([changed, session.update()]);
    expect(session.previewRow(0).examples).toHaveLength(recipe.examples.rows);
  });

  it('learns nothing more once it is closed', async () => {
    session.takeText(writeRecipe(recipe));
    let soon: number | undefined;
    await session.update(() => {
      soon = alike();
      session.dispose();
    });
    expect(alike()).toBe(soon);
    expect(session.view(true).tableError).toBeUndefined();
  });
});
