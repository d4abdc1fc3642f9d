import { runFolderAt } from '../run/folder/run-folder';
import { readRunState } from '../run/folder/run-state';
import { findColumn } from '../table/find-column';
import { readTable } from '../table/read-table';
import type { Cell } from '../table/table';

/** A row of a run's table with what was predicted for it. */
export interface PredictedRow {
  readonly cells: readonly Cell[];
  readonly part: string;
  readonly truth: Cell;
  readonly prediction: string;
  readonly confidence: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** The predictions of a run beside the rows of its table. Throws as `readTable` does when a file is gone. */
export async function readPredictedRows(run: string): Promise<PredictedRow[]> {
  const folder = runFolderAt(run);
  const { dataset } = await readRunState(folder);
  const table = await readTable(dataset.path);
  const byId = new Map(table.rowIds.map((rowId, place) => [rowId, table.rows[place]!]));
  const predictions = await readTable(folder.predictions, { missingTokens: [] });
  const place = (name: string): number | undefined => predictions.columns.find((column) => column.name === name)?.index;
  const [row, part, truth, prediction] = ['row', 'part', 'truth', 'prediction'].map(
    (name) => findColumn(predictions, name).index,
  ) as [number, number, number, number];
  const [confidence, lower, upper] = ['confidence', 'lower', 'upper'].map(place);
  const numberAt = (cells: readonly Cell[], index: number | undefined): number | undefined => {
    const cell = index === undefined ? null : cells[index]!;
    return cell === null ? undefined : Number(cell);
  };
  return predictions.rows.map((cells) => ({
    cells: byId.get(Number(cells[row]))!,
    part: cells[part]!,
    truth: cells[truth]!,
    prediction: cells[prediction] ?? '',
    confidence: numberAt(cells, confidence),
    lower: numberAt(cells, lower),
    upper: numberAt(cells, upper),
  }));
}
