import type { Recipe } from '../../recipe/recipe';
import type { Table } from '../../table/table';
import type { Prediction } from '../folder/predictions-file';
import type { SampleRow } from '../requests';
import { includedColumns } from './split-rows';

const SAMPLES = 6;
const CELLS = 8;

/** A few predictions for people: spread evenly over the rows, so that sorted files show more than one class. */
export function sampleRows(predictions: readonly Prediction[], table: Table, recipe: Recipe): SampleRow[] {
  // People see a few columns only.
  const included = includedColumns(recipe).slice(0, CELLS);
  const columns = included.map((name) => table.columns.find((column) => column.name === name)!);
  const places = new Map(table.rowIds.map((rowId, place) => [rowId, place]));
  const count = Math.min(SAMPLES, predictions.length);
  return Array.from({ length: count }, (_, sample): SampleRow => {
    const row = predictions[Math.floor(((sample + 0.5) * predictions.length) / count)]!;
    const cells = table.rows[places.get(row.rowId)!]!;
    const { lineNumber, truth, prediction, confidence, lower, upper } = row;
    return {
      lineNumber,
      cells: columns.map(({ name, index }) => [name, cells[index] ?? '']),
      truth: truth ?? undefined,
      prediction,
      confidence,
      lower,
      upper,
    };
  });
}
