import { basename } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import type { RawRow } from '../../core/table/csv/read-rows';
import type {
  PredictionsViewState,
  PromptDetail,
  QueryResult,
  RowDetail,
  RowQuery,
  RowRange,
  RowView,
} from '../../shared/predictions-view';
import type { RemoteError } from '../../shared/rpc';
import { told } from '../told';
import { JoinedRows } from './joined-rows';
import { loadRun } from './loaded-run';
import { RowFinder } from './row-finder';
import { RowPrompts } from './row-prompts';
import { isTrainingTable } from './run-source';
import type { RunSource } from './run-source';
import { countRows } from './select-rows';
import type { SelectedRows } from './select-rows';
import { TableReader } from './table-reader';
import { viewScopes } from './view-scopes';

/** What a view is opened on. */
export interface ModelSource {
  readonly table: string;
  /** Undefined when nobody has fine-tuned on the table yet. */
  readonly run: RunSource | undefined;
  /** Whether a view begins with all rows of the table, and not with those by which the run is judged. */
  readonly beginsWithAll: boolean;
}

/**
 * The rows of a table with the predictions of a run beside them: finds, orders and reads them, and tells why a row was
 * predicted as it was. Knows nothing of the editor, and never holds the table.
 */
export class PredictionsModel {
  private readonly finder: RowFinder;
  private prompts: Promise<RowPrompts> | undefined;
  private static views = 0;
  private static openings = 0;
  private readonly opening = ++PredictionsModel.openings;
  /** Numbered over all models: a page may still ask one that was opened anew for what it found in the one before. */
  private view = { id: 0, rows: undefined as SelectedRows };

  private constructor(
    private readonly source: ModelSource,
    readonly rows: JoinedRows,
    private readonly openError: LiftError | undefined,
  ) {
    this.finder = new RowFinder(rows);
  }

  /**
   * Opens what can be opened, and tells in the state what cannot: a table that is gone still has its predictions, a run that
   * is damaged still has its table.
   * @param grown called while more rows of the table become known
   */
  static async open(source: ModelSource, grown: () => void): Promise<PredictionsModel> {
    const [run, table] = await Promise.allSettled([
      source.run && loadRun(source.run),
      TableReader.open(source.table, grown),
    ]);
    const rows = new JoinedRows(
      table.status === 'fulfilled' ? table.value : undefined,
      run.status === 'fulfilled' ? run.value : undefined,
    );
    const failed = [run, table].find((result) => result.status === 'rejected');
    return new PredictionsModel(source, rows, failed && LiftError.from(failed.reason));
  }

  state(): PredictionsViewState {
    const { reader, run } = this.rows;
    const error = this.openError ?? reader?.problem;
    return {
      opening: this.opening,
      table: {
        name: basename(this.source.table),
        path: this.source.table,
        columns: reader?.columns ?? [],
        rows: this.rows.rowCount,
        complete: reader?.complete ?? true,
        image: this.rows.images?.facts,
      },
      run: run?.facts,
      ...viewScopes(this.rows, this.source.beginsWithAll),
      metrics: run?.metrics,
      notices: run?.changed === undefined ? [] : [run.changed],
      error: error && told(error),
    };
  }

  /** Finds the rows of a query; from then on rows are asked for by their place among them. */
  async query(query: RowQuery, signal?: AbortSignal): Promise<QueryResult> {
    const rows = await this.finder.find(query, signal);
    this.view = { id: ++PredictionsModel.views, rows };
    const counts = countRows(query.scope, this.rows.selection, this.rows.rowCount);
    return { view: this.view.id, rows: this.viewLength, counts };
  }

  /** Rows of the view; none when another query has been asked since. */
  async range({ view, from, count, columnFrom, columnTo }: RowRange, signal?: AbortSignal): Promise<RowView[]> {
    if (view !== this.view.id) return [];
    const rows = await this.rawRows(from, count, signal);
    return rows.map((row) => this.rows.view(row, columnFrom, columnTo));
  }

  /** The place of a row in the view; -1 when it is not in it. */
  placeOf(view: number, row: number): number {
    if (view !== this.view.id) return -1;
    if (this.view.rows === undefined) return row < this.viewLength ? row : -1;
    return this.view.rows.indexOf(row);
  }

  /** Everything about one row. That its prompt cannot be written again is told, not thrown. */
  async inspect(row: number, signal?: AbortSignal): Promise<RowDetail> {
    const [raw] = await this.rows.read([row], signal);
    let prompt: PromptDetail | undefined;
    let promptError: RemoteError | undefined;
    try {
      prompt = (await this.openPrompts())?.detail(raw!, this.rows.predictionOf(row));
    } catch (error) {
      promptError = told(LiftError.from(error));
    }
    return {
      row: this.rows.view(raw!, 0, 0),
      cells: this.rows.reader?.columns.map(({ name }, column) => [name, raw!.cells[column] ?? ''] as const) ?? [],
      probabilities: this.rows.probabilitiesOf(row),
      prompt,
      promptError,
    };
  }

  /** The rows of the view, in batches of its order. */
  async *viewRows(signal?: AbortSignal): AsyncGenerator<RawRow[]> {
    const batch = 500;
    const { id } = this.view;
    for (let from = 0; from < this.viewLength && id === this.view.id; from += batch) {
      yield await this.rawRows(from, batch, signal);
    }
  }

  dispose(): void {
    this.rows.reader?.dispose();
  }

  private get viewLength(): number {
    return this.view.rows?.length ?? this.rows.rowCount;
  }

  private async rawRows(from: number, count: number, signal: AbortSignal | undefined): Promise<RawRow[]> {
    const { rows } = this.view;
    if (rows) return this.rows.read(Array.from(rows.subarray(from, from + count)), signal);
    return (await this.rows.reader?.page(from, count, signal)) ?? [];
  }

  /** Undefined without a run or a table: then there is nothing to write. */
  private openPrompts(): Promise<RowPrompts> | undefined {
    const { run } = this.source;
    const { reader } = this.rows;
    if (!run || !reader) return undefined;
    this.prompts ??= RowPrompts.open(run.folder, run.state, reader, isTrainingTable(run));
    return this.prompts;
  }
}
