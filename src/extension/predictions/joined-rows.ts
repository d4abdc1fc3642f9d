import type { RawRow } from '../../core/table/csv/read-rows';
import type { ClassProbability, RowView } from '../../shared/predictions-view';
import type { LoadedRun } from './loaded-run';
import { lowerBound } from './prediction-set';
import { RowImages } from './row-images';
import type { SelectionSource } from './select-rows';
import type { TableReader } from './table-reader';

/** A cell of the grid has room for less; the row inspector shows the whole text. */
const longestText = 200;

/** The rows of a table with their predictions beside them, joined by the number of the row. Either side may be missing. */
export class JoinedRows {
  /** Place of the target among the table's columns; -1 when the table lacks it. */
  readonly targetColumn: number;
  readonly selection: SelectionSource;
  readonly images: RowImages | undefined;

  constructor(
    readonly reader: TableReader | undefined,
    readonly run: LoadedRun | undefined,
  ) {
    this.targetColumn = reader?.columns.findIndex(({ name }) => name === run?.facts.target) ?? -1;
    this.images = RowImages.of(reader?.columns.map(({ name }) => name) ?? []);
    this.selection = { set: run?.set, trainingRows: run?.trainingRows ?? new Int32Array(0) };
  }

  get rowCount(): number {
    return this.reader?.rowCount ?? 0;
  }

  /** Rows as the file has them; without the file, rows without cells. */
  async read(rows: readonly number[], signal?: AbortSignal): Promise<RawRow[]> {
    const found = await this.reader?.at(rows, signal);
    return rows.map((row, place) => found?.[place] ?? { rowId: row, lineNumber: this.lineOf(row), cells: [] });
  }

  view({ rowId, lineNumber, cells }: RawRow, columnFrom: number, columnTo: number): RowView {
    const { set, trainingRows } = this.selection;
    const place = set?.placeOf(rowId) ?? -1;
    const cell = cells[this.targetColumn];
    const truth = set && place >= 0 ? set.truth(place) : cell === '' ? undefined : cell;
    return {
      row: rowId,
      line: lineNumber,
      part: set && place >= 0 ? set.part(place) : holds(trainingRows, rowId) ? 'train' : undefined,
      truth,
      prediction: set && place >= 0 ? set.facts(place) : undefined,
      cells: cells.slice(columnFrom, columnTo).map(cut),
      image: cells.length === 0 ? undefined : this.images?.textOf(cells),
    };
  }

  /** As the predictions file has it; undefined when the row was not predicted. */
  predictionOf(row: number): string | undefined {
    const { set } = this.selection;
    const place = set?.placeOf(row) ?? -1;
    return set && place >= 0 ? set.prediction(place) : undefined;
  }

  /** The most probable class first; none when the model gave no probabilities. */
  probabilitiesOf(row: number): ClassProbability[] {
    const { set } = this.selection;
    const place = set?.placeOf(row) ?? -1;
    if (!set || place < 0 || !set.hasProbabilities(place)) return [];
    const probabilities = set.probabilities(place);
    return set.classes
      .map((label, index) => ({ label, probability: probabilities[index]! }))
      .sort((a, b) => b.probability - a.probability);
  }

  private lineOf(row: number): number {
    const { set } = this.selection;
    const place = set?.placeOf(row) ?? -1;
    return set && place >= 0 ? set.columns.lines[place]! : 0;
  }
}

function holds(rising: Int32Array, value: number): boolean {
  return rising[lowerBound(rising, value)] === value;
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
