import type { NumberDistribution } from '../../inference/number-statistics';
import type { Recipe } from '../../recipe/recipe';
import { parseNumber } from '../../table/columns/parse-number';
import type { Table } from '../../table/table';
import { breather } from '../progress/breathe';
import type { RunContext } from '../events';
import type { PromptRow, PromptSource } from '../task/prompt-source';

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

/** The rule of thumb is the square root of the training rows (Duda and Hart, 1973, §4.4). */
const fewest = 8;
const most = 64;

/**
 * The answers of the training rows nearest to each row, as a distribution, to be pooled with the model's as kNN-LM does
 * (Khandelwal et al., 2020). Classes are smoothed by one row that is distributed as the training rows are. Undefined when
 * the recipe does not ask for it. Throws `cancelled`.
 */
export async function neighbourAnswers(
  rows: readonly PromptRow[],
  { recipe, source, examples, columns, classes }: NeighbourOptions,
  { signal }: Pick<RunContext, 'signal'>,
): Promise<NeighbourAnswer[] | undefined> {
  if (!recipe.prediction.neighbours || !examples || recipe.prediction.mode === 'paper') return undefined;
  const target = columns.indexOf(recipe.target.column);
  const texts = examples.rows.map((cells) => cells[target] ?? '');
  const count = Math.min(most, Math.max(fewest, Math.round(Math.sqrt(texts.length))));
  const summary = recipe.task === 'classification' ? classesOf(texts, classes) : numbersOf(texts);
  const breathe = breather(signal);
  const answers: NeighbourAnswer[] = [];
  for (const row of rows) {
    await breathe();
    answers.push(summary(source.nearest(row, count)));
  }
  return answers;
}

function classesOf(texts: readonly string[], classes: readonly string[]): (near: readonly number[]) => NeighbourAnswer {
  const place = new Map(classes.map((label, index) => [label, index]));
  const codes = texts.map((text) => place.get(text));
  const sharesOf = (among: readonly (number | undefined)[], start: readonly number[]): number[] => {
    const counts = [...start];
    for (const code of among) if (code !== undefined) counts[code]!++;
    const total = counts.reduce((sum, value) => sum + value, 0);
    return counts.map((value) => value / total);
  };
  const prior = sharesOf(
    codes,
    classes.map(() => 1),
  );
  return (near) => {
    const among = near.map((row) => codes[row]);
    return { kind: 'classes', probabilities: sharesOf(among, prior) };
  };
}

function numbersOf(texts: readonly string[]): (near: readonly number[]) => NeighbourAnswer {
  const numbers = texts.map((text) => parseNumber(text));
  return (near) => {
    const values = near.flatMap((row) => numbers[row] ?? []).sort((left, right) => left - right);
    return { kind: 'numbers', distribution: { values, probabilities: values.map(() => 1 / values.length) } };
  };
}
