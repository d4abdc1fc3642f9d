import type { Table } from '../../table/table';
import { readTable } from '../../table/read-table';
import { alignRows } from '../task/align-rows';
import { calibratedRows } from './calibrated-rows';
import type { Backend } from '../backend';
import type { AskedRow } from './calibrated-rows';
import type { RunContext } from '../events';
import { fingerprint } from '../folder/fingerprint';
import type { FinishedRun } from '../folder/finished-run';
import { neighbourAnswers } from './neighbour-answers';
import type { Prediction } from '../folder/predictions-file';
import { readSplitParts } from '../folder/split-file';
import type { StageClock } from '../progress/stage-clock';
import { notice } from '../notice';
import { phrase } from '../../foundation/phrase';

/** A table with the run's predictions for all its rows. */
export interface AskedTable {
  readonly table: Table;
  readonly predictions: readonly Prediction[];
}

/**
 * Asks a finished run about every row of a table. In the table that it was trained on it knows its training rows again:
 * they are named as such, and are left out of their own examples.
 * Throws `column-missing` when a column is not there that prompts read.
 */
export async function askTable(
  run: FinishedRun,
  dataset: string,
  backend: Backend,
  clock: StageClock,
  context: RunContext,
): Promise<AskedTable> {
  const { signal, emit } = context;
  const table = await clock.time('reading', (report) =>
    readTable(dataset, { onProgress: report, ...(signal && { signal }) }),
  );
  for (const { message } of table.repairs) emit(notice('warning', message));
  const { columns, prompt } = run.fitted;
  const cells = alignRows(table, columns, run.asking.writer.usedColumns);
  const partOf = await knownParts(run, dataset, context);
  const own = new Map(run.examples?.rowIds.map((rowId, place) => [rowId, place]));
  const target = columns.indexOf(run.recipe.target.column);
  const rows = cells.map((row, index): AskedRow => {
    const rowId = table.rowIds[index]!;
    const part = partOf?.get(rowId) ?? 'new';
    return {
      cells: row,
      rowId,
      lineNumber: table.lineNumbers[index]!,
      ownExample: partOf ? own.get(rowId) : undefined,
      part,
      truth: row[target]!,
    };
  });
  const answerer = await backend.openAnswerer(run, rows, clock, context);
  try {
    const answers = await clock.time('predicting', (report) => answerer.answer(rows, context, report));
    const { recipe, examples, fitted, asking } = run;
    const { classes } = prompt;
    const asked = { recipe, source: asking.source, examples, columns, classes };
    const near = await neighbourAnswers(rows, asked, context);
    return { table, predictions: calibratedRows(rows, answers, near, fitted.calibration, classes, recipe) };
  } finally {
    await answerer.close();
  }
}

/** The parts of the training table's rows, when the table is that very one. */
async function knownParts(
  { folder, state }: FinishedRun,
  dataset: string,
  { emit, signal }: RunContext,
): Promise<ReadonlyMap<number, Prediction['part']> | undefined> {
  const { sha256 } = await fingerprint(dataset, signal);
  if (sha256 !== state.dataset.sha256) return undefined;
  const parts = await readSplitParts(folder);
  const message = phrase`This is the table that the run was trained on: metrics over all its rows look better than those of new rows. The column "part" tells which rows are which.`;
  emit(notice('warning', message));
  return parts;
}
