import type {
  PredictionsRequests,
  PredictionsViewState,
  QueryResult,
  RowQuery,
} from '../../src/shared/predictions-view';
import type { ParamsOf } from '../../src/shared/rpc';
import { failureText } from '../common/host-client';
import type { WorkbenchApi } from '../common/host-client';
import type { PredictionGrid } from './grid/grid';
import { gridColumns } from './grid/grid-columns';
import type { GridColumn } from './grid/grid-columns';
import { RowPages } from './grid/row-pages';
import { InspectedRow } from './inspector/inspected-row';
import { InspectorFocus } from './inspector/inspector-focus';
import { firstView, savedState } from './saved-state';
import type { SavedState } from './saved-state';
import type { PredictionsHost, ViewContext } from './view-context';

const typingMs = 250;
/** Sooner, a note that something is being read would only flicker. */
const busyAfterMs = 200;

/** Keeps what the page shows, asks the host for it, and does what the user asks for. */
export class PageController {
  private state: PredictionsViewState | undefined;
  private columns: readonly GridColumn[] = [];
  private query: RowQuery | undefined;
  private result: QueryResult | undefined;
  private busy = false;
  private metricsOpen = true;
  private failure = '';
  private revision = 0;
  /** A row that the host named before the first rows were found. */
  private awaited: number | undefined;
  private asking = new AbortController();
  private typing: number | undefined;
  private readonly rows: RowPages;
  private readonly inspected: InspectedRow;
  private readonly focus: InspectorFocus;

  constructor(
    private readonly host: PredictionsHost,
    private readonly workbench: WorkbenchApi,
    private readonly root: HTMLElement,
    private readonly draw: () => void,
  ) {
    this.rows = new RowPages(
      (range) => host.request('rows', range),
      () => {
        this.revision++;
        if (this.inspected.place >= 0 && this.inspected.isOld) void this.inspect(this.inspected.place);
        draw();
      },
    );
    this.inspected = new InspectedRow(host, this.rows);
    this.focus = new InspectorFocus(root);
  }

  async start(): Promise<void> {
    this.host.on('state', (state) => void this.take(state));
    this.host.on('reveal', ({ row }) => void this.reveal(row));
    await this.take(await this.host.request('ready', null));
  }

  get context(): ViewContext | undefined {
    const { state, query } = this;
    if (!state || !query) return undefined;
    return {
      state,
      columns: this.columns,
      query,
      result: this.result,
      busy: this.busy,
      rows: this.rows,
      revision: this.revision,
      selected: this.inspected.place,
      detail: this.inspected.detail,
      isDetailOld: this.inspected.isOld,
      metricsOpen: this.metricsOpen,
      failure: this.failure,
      ask: (change) => {
        this.change(change);
      },
      openRow: (place) => void this.inspect(place),
      enterRow: (place) => {
        this.focus.enter();
        void this.inspect(place);
      },
      followRow: (place) => {
        if (this.inspected.place >= 0) void this.inspect(place);
      },
      revealRow: (row) => void this.reveal(row),
      closeRow: () => {
        this.close();
      },
      toggleMetrics: (open) => {
        this.metricsOpen = open;
        this.save();
      },
      fineTune: () => void this.tell('fineTune', null),
      chooseRun: () => void this.tell('chooseRun', null),
      exportRows: () => void this.tell('exportRows', { view: this.result?.view ?? 0 }),
      showLine: (line) => void this.tell('showLine', { line }),
      copyRow: (row) => void this.tell('copyRow', { row }),
    };
  }

  /** To be called when what was to be drawn is drawn. */
  drawn(): void {
    this.focus.drawn(this.inspected.isOld);
  }

  private get grid(): PredictionGrid | null {
    return this.root.querySelector<PredictionGrid>('lift-prediction-grid');
  }

  /** The host has something new: another run, a changed table, or more rows of one that is still being read. */
  private async take(state: PredictionsViewState): Promise<void> {
    const before = this.state;
    this.state = state;
    const isSame = before?.run?.path === state.run?.path && before?.run?.predictions === state.run?.predictions;
    if (before && isSame && before.table.columns.length === state.table.columns.length && this.query) {
      const { scope, search, sort } = this.query;
      const grows = scope === 'all' && search === '' && sort.by === 'row' && before.table.rows !== state.table.rows;
      const anew = before.table.complete || before.opening !== state.opening;
      if (grows || anew) await this.find(!anew);
      this.draw();
      return;
    }
    this.columns = gridColumns(state);
    const first = firstView(this.workbench.getState() as SavedState | undefined, state);
    this.query = first.query;
    this.metricsOpen = first.metricsOpen;
    this.inspected.forget();
    this.draw();
    await this.find(false);
    const row = this.awaited ?? first.row;
    this.awaited = undefined;
    if (row >= 0) await this.reveal(row);
  }

  private change(change: Partial<RowQuery>): void {
    this.query = { ...this.query!, ...change };
    clearTimeout(this.typing);
    const wait = change.search === undefined || change.search === '' ? 0 : typingMs;
    this.typing = window.setTimeout(() => {
      this.grid?.toTop();
      void this.find(false);
    }, wait);
    this.draw();
  }

  /** @param keep whether the rows are the same as before, only more */
  private async find(keep: boolean): Promise<void> {
    this.asking.abort();
    const asking = new AbortController();
    this.asking = asking;
    const late = window.setTimeout(() => {
      this.busy = true;
      this.draw();
    }, busyAfterMs);
    try {
      const result = await this.host.request('query', this.query!, asking.signal);
      if (asking.signal.aborted) return;
      this.result = result;
      this.failure = '';
      this.rows.show(result.view, keep);
      await this.findSelected(result.view);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.failure = failureText(error);
    } finally {
      clearTimeout(late);
    }
    this.busy = false;
    this.save();
    this.draw();
  }

  /** The row that is told about stays so, wherever it is in the new list. */
  private async findSelected(view: number): Promise<void> {
    const { inspected } = this;
    if (inspected.place < 0 || inspected.row < 0) return;
    const place = await this.host.request('place', { view, row: inspected.row });
    if (place < 0) inspected.forget();
    else inspected.place = place;
  }

  /** A row that has not come yet is told about as soon as it is there. */
  private async inspect(place: number): Promise<void> {
    this.inspected.place = place;
    this.draw();
    try {
      if (!(await this.inspected.load())) return;
      this.failure = '';
    } catch (error) {
      this.failure = failureText(error);
    }
    this.save();
    this.draw();
  }

  /** Goes to a row of the file; when the list does not hold it, all rows are shown. */
  private async reveal(row: number): Promise<void> {
    if (!this.result || !this.state) {
      this.awaited = row;
      return;
    }
    let place = await this.host.request('place', { view: this.result.view, row });
    if (place < 0) {
      const scope = this.state.scopes.some((offer) => offer.scope === 'all') ? 'all' : this.query!.scope;
      this.query = { scope, filter: 'all', search: '', sort: { by: 'row', descending: false } };
      await this.find(false);
      place = await this.host.request('place', { view: this.result.view, row });
    }
    if (place < 0) return;
    await this.inspected.show(place, row);
    this.focus.showAgain();
    this.save();
    this.draw();
    this.grid?.show(place, true);
  }

  private close(): void {
    if (this.inspected.place < 0) return;
    this.inspected.forget();
    this.save();
    this.draw();
    this.grid?.focus();
  }

  private async tell<M extends 'exportRows' | 'fineTune' | 'chooseRun' | 'showLine' | 'copyRow'>(
    name: M,
    params: ParamsOf<PredictionsRequests, M>,
  ): Promise<void> {
    try {
      await this.host.request(name, params);
      this.failure = '';
    } catch (error) {
      this.failure = failureText(error);
    }
    this.draw();
  }

  private save(): void {
    if (!this.state || !this.query) return;
    const { query, metricsOpen } = this;
    this.workbench.setState(savedState(this.state, { query, row: this.inspected.row, metricsOpen }));
  }
}
