import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import { prepareTask } from '../../../src/core/run/task/prepare-task';
import { TableCache } from '../../../src/extension/recipe/table-cache';
import { temporaryFolder } from '../../helpers/bundle';

const tables = new TableCache(1e6);
afterEach(() => {
  tables.dispose();
});

/** Some 10 MB, sorted by the class. */
async function sortedTable(): Promise<string> {
  const path = join(await temporaryFolder(), 'sorted.csv');
  const rows = Array.from({ length: 40_000 }, (_, row) => {
    const value = (row * 7919) % 1000;
    return `${value},${'x'.repeat(230)},${row < 20_000 ? 'first' : 'second'}\n`;
  });
  await writeFile(path, `value,note,class\n${rows.join('')}`);
  return path;
}

describe('the table of a recipe', () => {
  it('can be previewed from its first rows before it is read, also where it is sorted by its target', async () => {
    const { table, rows, whole } = await tables.open(await sortedTable());
    expect(rows).toBeLessThan(table.rows.length);
    expect(new Set(table.rows.slice(0, rows).map((cells) => cells[2]))).toEqual(new Set(['first']));
    const { recipe } = inferRecipe(table, { target: 'class' });
    const task = await prepareTask(table, recipe, { emit: () => undefined });
    expect(task.writer.render(table.rows[0]!, task.source.examplesFor(task.promptRow(0))).completion).toContain(
      'first',
    );
    const known = await whole!;
    expect(known.whole).toBeUndefined();
    expect(known.rows).toBe(known.table.rows.length);
    expect(known.table.totalRows).toBe(40_000);
  });

  it('is not read on when nobody waits for it', async () => {
    const { whole } = await tables.open(await sortedTable());
    tables.dispose();
    await expect(whole).rejects.toMatchObject({ code: 'cancelled' });
  });
});
