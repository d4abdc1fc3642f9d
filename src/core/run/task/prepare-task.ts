import { fitPrompt } from '../../prompt/prompt-fit';
import type { PromptFit } from '../../prompt/prompt-fit';
import { PromptWriter } from '../../prompt/prompt-writer';
import type { Recipe } from '../../recipe/recipe';
import type { Table } from '../../table/table';
import type { RunContext } from '../events';
import { restrictTable } from '../folder/examples-file';
import { outliersToSetAside } from './outliers-to-set-aside';
import { PromptSource } from './prompt-source';
import type { PromptRow } from './prompt-source';
import { splitRows } from './split-rows';
import type { RowParts } from './split-rows';

/** A table and a recipe whose rows can be written as prompts without example rows. */
export interface FittedTask {
  readonly table: Table;
  readonly recipe: Recipe;
  readonly parts: RowParts;
  /** Training rows that may be learnt from: all but outliers that are set aside. */
  readonly learnable: readonly number[];
  /** The same rows: the formats are fitted to them, and prompts take their examples from them. */
  readonly examples: Table;
  readonly fit: PromptFit;
  readonly writer: PromptWriter;
}

/** A table and a recipe, ready to be written as prompts. */
export interface PreparedTask extends FittedTask {
  readonly source: PromptSource;
  /** A row of the table as the prompt source takes it. */
  promptRow(row: number): PromptRow;
}

/** Splits the table and fits the formats to the training rows. Throws `target-invalid`, `column-missing`, `template-invalid`. */
export function fitTask(table: Table, recipe: Recipe, emit: RunContext['emit']): FittedTask {
  const whole = splitRows(table, recipe, emit);
  const aside = outliersToSetAside(table, recipe, whole.train, emit);
  const isLearnable = (row: number): boolean => !aside.has(row);
  const learnable = whole.train.filter(isLearnable);
  const parts = { ...whole, trainedOn: whole.trainedOn.filter(isLearnable) };
  const examples = restrictTable(table, learnable);
  const fit = fitPrompt(recipe, table, learnable);
  const writer = PromptWriter.create(recipe, fit, namesOf(table));
  return { table, recipe, parts, learnable, examples, fit, writer };
}

/** Fits the task, and indexes the training rows for the examples in prompts. Throws as `fitTask`, and `cancelled`. */
export async function prepareTask(
  table: Table,
  recipe: Recipe,
  { emit, signal }: Pick<RunContext, 'emit'> & Partial<Pick<RunContext, 'signal'>>,
): Promise<PreparedTask> {
  const task = fitTask(table, recipe, emit);
  const source = await PromptSource.create(task.writer, task.examples, namesOf(table), recipe, signal);
  const places = new Map(task.learnable.map((row, place) => [row, place]));
  const promptRow = (row: number): PromptRow => {
    return { cells: table.rows[row]!, lineNumber: table.lineNumbers[row]!, ownExample: places.get(row) };
  };
  return { ...task, source, promptRow };
}

const namesOf = (table: Table): string[] => table.columns.map(({ name }) => name);
