import { inferColumn } from '../../core/table/columns/infer-column';
import { sampleRows } from '../../core/table/split/sample-rows';
import type { Cell } from '../../core/table/table';
import type { TableReader } from './table-reader';

/** What the texts of a column mean is inferred from so many rows; fewer of a wide table. */
const mostRows = 10_000;
const mostCells = 1_000_000;

/**
 * Understands raw texts as reading the whole table would: which are missing, how numbers are written. That depends on the
 * other values of the column, so a sample of them is kept.
 */
export class CellReader {
  private readonly cells = new Map<string, ReadonlyMap<string, Cell>>();

  private constructor(
    private readonly delimiter: string,
    /** Place of each column, and how many sampled rows have each of its texts. */
    private readonly columns: ReadonlyMap<string, { readonly place: number; readonly counts: Map<string, number> }>,
    private readonly rows: number,
  ) {}

  /** @param names of the columns that will be asked for; those that the table lacks are always missing */
  static async open(reader: TableReader, names: readonly string[], signal?: AbortSignal): Promise<CellReader> {
    await reader.whole;
    const places = new Map(reader.columns.map(({ name }, place) => [name, place]));
    const known = names.filter((name) => places.has(name));
    const columns = new Map(
      known.map((name) => [name, { place: places.get(name)!, counts: new Map<string, number>() }]),
    );
    const count = Math.min(mostRows, Math.floor(mostCells / Math.max(1, reader.columns.length)));
    const sample = reader.rowCount > count ? sampleRows(reader.rowCount, count, 0) : undefined;
    for await (const batch of reader.scan(sample, signal)) {
      for (const { cells } of batch) {
        for (const { place, counts } of columns.values())
          counts.set(cells[place]!, (counts.get(cells[place]!) ?? 0) + 1);
      }
    }
    return new CellReader(reader.delimiter, columns, sample?.length ?? reader.rowCount);
  }

  /** The cell of a column in a row of texts. */
  cell(name: string, texts: readonly string[]): Cell {
    const column = this.columns.get(name);
    if (!column) return null;
    const { place, counts } = column;
    const text = texts[place]!;
    let cells = this.cells.get(name);
    if (!cells || !counts.has(text)) {
      // A text that the sample lacks may be written in a way of its own: it takes part in the inference.
      if (!counts.has(text)) counts.set(text, 1);
      cells = inferColumn({ name, counts, rows: this.rows, delimiter: this.delimiter }).cells;
      this.cells.set(name, cells);
    }
    const cell = cells.get(text);
    return cell === undefined ? text : cell;
  }
}
