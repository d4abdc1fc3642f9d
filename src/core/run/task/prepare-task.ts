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

/** A table and a recipe, ready to be written as prompts. */
export interface PreparedTask {
  readonly table: Table;
  readonly recipe: Recipe;
  readonly parts: RowParts;
  /** Training rows that may be learnt from: all but outliers that are set aside. */
  readonly learnable: readonly number[];
  /** The same rows: the formats are fitted to them, and prompts take their examples from them. */
  readonly examples: Table;
  readonly fit: PromptFit;
  readonly writer: PromptWriter;
  readonly source: PromptSource;
  /** A row of the table as the prompt source takes it. */
  promptRow(row: number): PromptRow;
}

/**
 * Splits the table, fits the formats to the training rows, and indexes these for the examples in prompts.
 * Throws `target-invalid`, `column-missing`, `template-invalid`.
 */
export function prepareTask(table: Table, recipe: Recipe, emit: RunContext['emit']): PreparedTask {
  const whole = splitRows(table, recipe, emit);
  const aside = outliersToSetAside(table, recipe, whole.train, emit);
  const isLearnable = (row: number): boolean => !aside.has(row);
  const learnable = whole.train.filter(isLearnable);
  const parts = { ...whole, trainedOn: whole.trainedOn.filter(isLearnable) };
  const examples = restrictTable(table, learnable);
  const fit = fitPrompt(recipe, table, learnable);
  const names = table.columns.map(({ name }) => name);
  const writer = PromptWriter.create(recipe, fit, names);
  const source = new PromptSource(writer, examples, names, recipe);
  const places = new Map(learnable.map((row, place) => [row, place]));
  const promptRow = (row: number): PromptRow => {
    return { cells: table.rows[row]!, lineNumber: table.lineNumbers[row]!, ownExample: places.get(row) };
  };
  return { table, recipe, parts, learnable, examples, fit, writer, source, promptRow };
}
