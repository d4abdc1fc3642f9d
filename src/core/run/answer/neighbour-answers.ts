import type { NumberDistribution } from '../../inference/number-statistics';
import type { Recipe } from '../../recipe/recipe';
import type { Table } from '../../table/table';
import { breather } from '../progress/breathe';
import type { RunContext } from '../events';
import type { PromptRow, PromptSource } from '../task/prompt-source';
import { classesOf } from './near-classes';
import { numbersOf } from './near-numbers';

/** What the training rows that are most like a row say about its answer. */
export type NeighbourAnswer =
  | { readonly kind: 'classes'; readonly probabilities: readonly number[] }
  | { readonly kind: 'numbers'; readonly distribution: NumberDistribution };

/** All that it takes to ask the training rows; `examples` are they, with the columns named. */
export interface NeighbourOptions {
  readonly recipe: Recipe;
  readonly source: PromptSource;
  readonly examples: Table | undefined;
  readonly columns: readonly string[];
  readonly classes: readonly string[];
}

/**
 * So many times the square root of the training rows, which is the usual rule of thumb (Duda and Hart, 1973, §4.4): chosen on
 * validation rows of fifteen tables.
 */
const timesRoot = 2;
const fewest = 8;
const most = 128;

/**
 * The answers of the training rows nearest to each row, as a distribution, to be pooled with the model's as kNN-LM does
 * (Khandelwal et al., 2020). Undefined when the recipe does not ask for it. Throws `cancelled`.
 */
export async function neighbourAnswers(
  rows: readonly PromptRow[],
  { recipe, source, examples, columns, classes }: NeighbourOptions,
  { signal }: Pick<RunContext, 'signal'>,
): Promise<NeighbourAnswer[] | undefined> {
  if (!recipe.prediction.neighbours || !examples || recipe.prediction.mode === 'paper') return undefined;
  const target = columns.indexOf(recipe.target.column);
  const texts = examples.rows.map((cells) => cells[target] ?? '');
  const count = Math.min(most, Math.max(fewest, Math.round(timesRoot * Math.sqrt(texts.length))));
  const nearestTo = (example: number, rowsAsked: number): number[] =>
    source.nearest({ cells: examples.rows[example]!, lineNumber: 0, ownExample: example }, rowsAsked);
  const summary = recipe.task === 'classification' ? classesOf(texts, classes) : numbersOf(texts, nearestTo);
  const breathe = breather(signal);
  const answers: NeighbourAnswer[] = [];
  for (const row of rows) {
    await breathe();
    answers.push(summary(source.neighbours(row, count)));
  }
  return answers;
}
