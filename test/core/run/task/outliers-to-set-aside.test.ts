import { describe, expect, it } from 'vitest';
import { english } from '../../../../src/core/foundation/phrase';
import { Random } from '../../../../src/core/foundation/random';
import { applyOverrides } from '../../../../src/core/recipe/document/apply-overrides';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import { prepareTask } from '../../../../src/core/run/task/prepare-task';
import type { PreparedTask } from '../../../../src/core/run/task/prepare-task';
import { makeTable } from '../../table/make-table';

/** A line with noise; every eighth answer is far up. */
const random = new Random(4);
const table = makeTable(
  ['x', 'y'],
  Array.from({ length: 300 }, (_, row) => {
    const x = 10 * random.next();
    return [x.toFixed(3), (row % 8 === 0 ? 100 + row : 2 * x + random.normal()).toFixed(3)];
  }),
);

async function taskOf(model: string, ...set: string[]): Promise<{ task: PreparedTask; said: string[] }> {
  const said: string[] = [];
  const recipe = applyOverrides(inferRecipe(table, { target: 'y', model }).recipe, set);
  const task = await prepareTask(table, recipe, {
    emit: (event) => {
      if (event.event === 'notice') said.push(english(event.message));
    },
  });
  return { task, said };
}

const isOutlier = (row: number): boolean => row % 8 === 0;

describe('outliers that are set aside', () => {
  it('are neither learnt nor shown as example rows, and people are told', async () => {
    const { task, said } = await taskOf('embedded');
    expect(task.parts.train.some(isOutlier)).toBe(true);
    expect(task.parts.trainedOn.filter(isOutlier)).toEqual([]);
    expect(task.learnable).toEqual(task.parts.trainedOn);
    expect(task.examples.rows).toHaveLength(task.learnable.length);
    const aside = task.parts.train.length - task.learnable.length;
    expect(said.filter((text) => text.startsWith(`${aside} of ${task.parts.train.length} training rows`))).toHaveLength(
      1,
    );
    for (const row of task.parts.train) {
      const answers = task.source.examplesFor(task.promptRow(row)).map((cells) => Number(cells[1]));
      expect(Math.max(...answers)).toBeLessThan(100);
    }
  });

  it('stay among the rows that are validated and tested', async () => {
    const { task } = await taskOf('embedded');
    expect(task.parts.test.some(isOutlier)).toBe(true);
    expect(task.parts.validation.some(isOutlier)).toBe(true);
  });

  it.each([
    ['embedded', ['training.outliers=keep']],
    ['gpt2', []],
  ])('are kept when the recipe says so, and by default with models but our own (%s %s)', async (model, set) => {
    const { task, said } = await taskOf(model, ...set);
    expect(task.learnable).toEqual(task.parts.train);
    expect(said.filter((text) => text.includes('not learnt from'))).toEqual([]);
  });
});
