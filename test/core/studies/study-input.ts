import { Random } from '../../../src/core/foundation/random';
import { applyOverrides } from '../../../src/core/recipe/document/apply-overrides';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import { splitRows } from '../../../src/core/run/task/split-rows';
import type { StudyInput, StudyKind } from '../../../src/core/studies/study';
import { makeTable } from '../table/make-table';

/** What a study is made for: see below, with the task of the study, and of two classes where it is for no more. */
export function inputFor({ name, task }: Pick<StudyKind, 'name' | 'task'>): StudyInput {
  return studyInput(task === 'regression' ? 'price' : 'kind', 90, name === 'mixup' ? 2 : 3);
}

/** What a study of a small table of flowers is made for: three classes by two lengths, or a number that grows with them. */
export function studyInput(target: 'kind' | 'price', rows = 90, classes = 3): StudyInput {
  const random = new Random(5);
  const kinds = ['iris', 'lily', 'rose'];
  const table = makeTable(
    ['length', 'width', 'price', 'kind'],
    Array.from({ length: rows }, (_, row) => {
      const kind = row % classes;
      const length = 10 * kind + 9 * random.next();
      const width = 30 - 10 * kind + 9 * random.next();
      return [length.toFixed(2), width.toFixed(2), (length * 2 + random.next()).toFixed(2), kinds[kind]!];
    }),
  );
  const inferred = inferRecipe(table, { target }).recipe;
  const recipe = applyOverrides(inferred, [`features.${target === 'kind' ? 'price' : 'kind'}.include=false`]);
  return {
    table,
    recipe,
    seeds: [0, 1],
    models: [],
    folder: '',
    parts: (seed) => splitRows(table, { ...recipe, split: { ...recipe.split, seed } }, () => undefined),
    random: (seed, purpose) => Random.derive(seed, purpose),
  };
}
