import { l10n } from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { RawRow } from '../../core/table/csv/read-rows';
import type { RowQuery, RowSort, SortKey } from '../../shared/predictions-view';
import { GrowingNumbers } from './growing-numbers';
import type { JoinedRows } from './joined-rows';
import { predictionKeys } from './order-rows';
import { selectRows } from './select-rows';
import type { SelectedRows } from './select-rows';
import { keysOfTexts, sortByKey } from './sort-by-key';
import type { TableReader } from './table-reader';

/** Searching and sorting by a column read the rows: more of them would keep people waiting. */
const mostRowsRead = 1_000_000;

/** Finds the rows of a query in their order. What reads the table is cancelled by the signal and remembers its last answer. */
export class RowFinder {
  private lastSearch: { readonly key: string; readonly rows: Int32Array } | undefined;

  constructor(private readonly source: JoinedRows) {}

  /**
   * Undefined stands for every row of the file in its order.
   * @throws LiftError `cancelled`; `usage` when too many rows would have to be read; what reading the file throws
   */
  async find(query: RowQuery, signal?: AbortSignal): Promise<SelectedRows> {
    const rows = await this.search(query, selectRows(query, this.source.selection), signal);
    const { by, descending } = query.sort;
    if (by === 'row' && !descending) return rows;
    if (rows === undefined) await this.source.reader?.whole;
    const listed = this.listed(rows);
    if (by === 'row') return listed.reverse();
    const order = sortByKey(await this.keys(query.sort, listed, signal), descending);
    return order.map((place) => listed[place]!);
  }

  /** A copy of its own: of every row of the file when none are named. */
  private listed(rows: SelectedRows): Int32Array {
    return rows?.slice() ?? Int32Array.from({ length: this.source.rowCount }, (_, row) => row);
  }

  private async keys({ by }: RowSort, rows: Int32Array, signal: AbortSignal | undefined): Promise<Float64Array> {
    const { reader, targetColumn } = this.source;
    const { set } = this.source.selection;
    const delimiter = reader?.delimiter ?? ',';
    const places = set ? rows.map((row) => set.placeOf(row)) : new Int32Array(0);
    if (by === 'truth' && set && (!reader || !places.includes(-1))) {
      return keysOfTexts(
        Array.from(places, (place) => (place < 0 ? '' : (set.truth(place) ?? ''))),
        delimiter,
      );
    }
    const column = by === 'truth' ? targetColumn : columnOf(by);
    if (column < 0 || !reader) return predictionKeys(by, rows, set);
    const texts = new Array<string>(rows.length).fill('');
    let place = 0;
    for await (const batch of this.read(reader, rows, signal)) {
      for (const { rowId, cells } of batch) {
        while (rows[place]! < rowId) place++;
        texts[place] = cells[column]!;
      }
    }
    return keysOfTexts(texts, delimiter);
  }

  /** The rows of which a cell, the truth or the prediction holds the text. */
  private async search(
    { scope, filter, pair, search }: RowQuery,
    rows: SelectedRows,
    signal: AbortSignal | undefined,
  ): Promise<SelectedRows> {
    const text = search.trim().toLowerCase();
    if (text === '') return rows;
    const key = JSON.stringify([scope, filter, pair, text]);
    if (this.lastSearch?.key !== key) this.lastSearch = { key, rows: await this.rowsWith(text, rows, signal) };
    return this.lastSearch.rows;
  }

  private async rowsWith(text: string, rows: SelectedRows, signal: AbortSignal | undefined): Promise<Int32Array> {
    const { reader, selection } = this.source;
    const { set } = selection;
    const holds = (cell: string | undefined): boolean => cell?.toLowerCase().includes(text) ?? false;
    const inPrediction = (row: number): boolean => {
      const place = set?.placeOf(row) ?? -1;
      return set !== undefined && place >= 0 && (holds(set.truth(place)) || holds(set.prediction(place)));
    };
    if (!reader) return this.listed(rows).filter(inPrediction);
    const found = GrowingNumbers.integers();
    if (rows === undefined) await reader.whole;
    for await (const batch of this.read(reader, rows, signal)) {
      for (const { rowId, cells } of batch) if (cells.some(holds) || inPrediction(rowId)) found.push(rowId);
    }
    return found.finish();
  }

  private read(reader: TableReader, rows: SelectedRows, signal: AbortSignal | undefined): AsyncGenerator<RawRow[]> {
    const count = rows?.length ?? reader.rowCount;
    if (count > mostRowsRead) {
      throw new LiftError(
        'usage',
        l10n.t(
          'Searching, and sorting by a column of the table, work on up to {0} rows; these are {1}.',
          mostRowsRead.toLocaleString(),
          count.toLocaleString(),
        ),
        l10n.t('Choose fewer rows first: the predicted ones, or one part.'),
      );
    }
    return reader.scan(rows && Array.from(rows), signal);
  }
}

function columnOf(by: SortKey): number {
  return by.startsWith('column:') ? Number(by.slice('column:'.length)) : -1;
}
