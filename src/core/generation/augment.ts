import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { amount, phrase } from '../foundation/phrase';
import type { TrainingWork } from '../run/backend';
import type { EncodedTask } from '../run/task/encode-task';
import type { RunContext } from '../run/events';
import type { RunFolder } from '../run/folder/run-folder';
import type { StageClock } from '../run/progress/stage-clock';
import { trainingExample } from '../run/task/token-examples';
import { readTable } from '../table/read-table';
import type { Cell } from '../table/table';
import { csvText } from '../table/csv/write-csv';
import { KnownRows } from './copies';
import { generatorModel } from './generator-model';
import { makeRows } from './make-rows';
import { realRows } from './small-table';
import { columnsToMake } from './source-rows';
import type { SourceRows } from './source-rows';
import { notice } from '../run/notice';

/** Where a run keeps the rows that it was augmented with: made once, the same when the run goes on. */
export function madeRowsFile({ path }: RunFolder): string {
  return join(path, 'made-rows.csv');
}

/**
 * The rows to learn from, with made ones like them as the recipe asks for (`training.augment`); validation and test rows
 * stay real, and so do the example rows of prompts.
 *
 * @throws LiftError `cancelled`, with what was trained kept; whatever training and making rows throw
 */
export async function augmented(
  folder: RunFolder,
  { inputs, task, encoded, limits }: TrainingWork,
  clock: StageClock,
  context: RunContext,
): Promise<{ readonly encoded: EncodedTask; readonly madeRows: number }> {
  const { table, recipe } = inputs;
  if (recipe.training.augment.rows === 0 || recipe.training.steps === 0) return { encoded, madeRows: 0 };
  const { trainedOn: train, validation, test } = task.parts;
  const columns = columnsToMake(table, recipe, train);
  const source: SourceRows = { folder, recipe, table, train, validation, test, columns };
  const made = await rowsFor(source, inputs.model, clock, context);
  const examples = made.map((told) => {
    const cells: Cell[] = table.columns.map(() => null);
    columns.forEach(({ index }, place) => {
      cells[index] = told[place]!;
    });
    return trainingExample(task.source.encode({ cells, lineNumber: 0 }, limits), recipe.training.loss);
  });
  const message = phrase`${amount(made.length)} made rows are learnt beside the ${amount(train.length)} real ones.`;
  context.emit(notice('info', message));
  const { train: real } = encoded;
  const all =
    typeof real === 'function'
      ? async (epoch: number) => [...(await real(epoch)), ...examples]
      : [...real, ...examples];
  return { encoded: { ...encoded, train: all }, madeRows: made.length };
}

/** The rows of the file, which is written when it is not there. Cells are in the order of the source's columns. */
async function rowsFor(
  source: SourceRows,
  base: TrainingWork['inputs']['model'],
  clock: StageClock,
  context: RunContext,
): Promise<readonly (readonly Cell[])[]> {
  const path = madeRowsFile(source.folder);
  const isThere = await stat(path).catch(() => undefined);
  if (!isThere) await writeRows(path, source, base, clock, context);
  // Every cell is text that the training rows have: none may be taken for a missing value.
  return (await readTable(path, { missingTokens: [] })).rows;
}

async function writeRows(
  path: string,
  source: SourceRows,
  base: TrainingWork['inputs']['model'],
  clock: StageClock,
  context: RunContext,
): Promise<void> {
  const { rows, temperature } = source.recipe.training.augment;
  const model = await generatorModel(source, base, [], clock, context);
  const options = {
    rows,
    temperature,
    seed: source.recipe.training.seed,
    conditions: [],
    known: new KnownRows(realRows(source, source.train)),
    dropCopies: true,
  };
  const made = await clock.time('generating', (report) => makeRows(model, options, context, report));
  if (made.rows.length === 0) {
    throw new LiftError(
      'recipe-invalid',
      'Every row that was made to augment the table is a copy of a training row.',
      'Set training.augment.rows to 0, or training.augment.temperature higher.',
    );
  }
  const names = source.columns.map(({ index }) => source.table.columns[index]!.name);
  await writeFileAtomically(path, csvText(names, made.rows));
}
