import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RowSort } from '../../../src/shared/predictions-view';
import { columnWindow, pinnedCount } from './column-window';
import { headCells, rowCells, tracksOf } from './grid-cells';
import type { Tracks } from './grid-cells';
import { pinnedColumns } from './grid-columns';
import type { GridColumn } from './grid-columns';
import { moved } from './grid-keys';
import type { GridPlace } from './grid-keys';
import type { RowPages } from './row-pages';
import { GridViewport } from './viewport';

/**
 * A grid of any number of rows and columns by the conventions of ARIA: one tab stop, arrows move, and only what can be seen
 * is in the document. Fires `grid-sort` with the key of a column, `grid-select` with the place of the row that the
 * arrows came to, `grid-open` (by mouse) and `grid-enter` (by key) with that of a row to tell more about, `grid-leave` on
 * Escape.
 */
export class PredictionGrid extends LitElement {
  static override readonly properties = {
    columns: { attribute: false },
    rowCount: { attribute: false },
    rows: { attribute: false },
    sort: { attribute: false },
    selected: { attribute: false },
    label: {},
    revision: { attribute: false },
    active: { state: true },
  };

  declare columns: readonly GridColumn[];
  declare rowCount: number;
  declare rows: RowPages | undefined;
  declare sort: RowSort;
  /** Place of the row that is told about; -1 for none. */
  declare selected: number;
  declare label: string;
  /** Another number whenever rows have come. */
  declare revision: number;
  declare active: GridPlace;

  private readonly viewport = new GridViewport(
    () => this.scroller,
    () => {
      this.requestUpdate();
    },
  );
  private readonly resizes = new ResizeObserver(this.viewport.measure);
  private takesFocus = false;
  private hadFocus = false;

  constructor() {
    super();
    this.columns = [];
    this.rowCount = 0;
    this.sort = { by: 'row', descending: false };
    this.selected = -1;
    this.label = '';
    this.revision = 0;
    this.active = { row: 0, column: 0 };
  }

  /** In the page itself, so that its style sheet holds. */
  override createRenderRoot(): this {
    return this;
  }

  /** Makes a row the active one and brings it into view. */
  show(row: number, takesFocus: boolean): void {
    this.go({ row, column: this.active.column }, takesFocus);
  }

  /** Puts the focus on the active cell. */
  override focus(): void {
    this.go(this.active, true);
  }

  /** Goes to the beginning, as for a new list of rows. */
  toTop(): void {
    // From the header, where the user may have sorted, nothing is taken away.
    this.active = { row: Math.min(this.active.row, 0), column: this.active.column };
    this.viewport.toTop();
  }

  override render(): TemplateResult {
    const { viewport } = this;
    viewport.rows = this.rowCount;
    const widths = this.columns.map(({ width }) => width);
    const pinned = this.pinned;
    const { from, to, skipped } = columnWindow(widths, pinned, viewport.left, viewport.width);
    const tracks = tracksOf(widths, pinned, from, to, skipped);
    const active = this.place;
    this.wantRows(tracks);
    // When the active column is not drawn, the row number is where Tab leads; the arrows still go on from the active one.
    const tabStop = tracks.columns.includes(active.column) ? active.column : 0;
    const stopIn = (row: number): number | undefined => (row === active.row ? tabStop : undefined);
    return html`
      <div
        class="scroller"
        role="grid"
        aria-label=${this.label}
        aria-rowcount=${this.rowCount + 1}
        aria-colcount=${this.columns.length}
        tabindex="-1"
        @scroll=${viewport.onScroll}
        @keydown=${this.onKey}
        @click=${this.onClick}
        @focusin=${this.onFocus}
      >
        <div
          class="canvas"
          role="none"
          .style=${`width: ${tracks.total}px; height: ${viewport.height}px; --tracks: ${tracks.template}`}
        >
          <div class="head" role="row" aria-rowindex="1" data-row="-1">
            ${headCells(this.columns, tracks, this.sort, stopIn(-1))}
          </div>
          <div class="body" role="rowgroup">
            ${repeat(
              viewport.drawnRows(active.row),
              (row) => row,
              (row) => html`
                <div
                  class="row"
                  role="row"
                  aria-rowindex=${row + 2}
                  aria-selected=${row === this.selected}
                  data-row=${row}
                  .style=${`top: ${viewport.topOf(row)}px`}
                >
                  ${rowCells(this.columns, tracks, this.rows, row, stopIn(row))}
                </div>
              `,
            )}
          </div>
        </div>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.resizes.observe(this.scroller!);
    // Not passive: the wheel of a very long list is not left to the browser.
    this.scroller!.addEventListener('wheel', this.viewport.onWheel, { passive: false });
  }

  protected override willUpdate(): void {
    this.hadFocus = this.contains(document.activeElement);
  }

  protected override updated(): void {
    // A cell that is scrolled away takes its focus along: then the grid's tab stop has it.
    if (this.hadFocus && !this.contains(document.activeElement)) this.takesFocus = true;
    if (!this.takesFocus) return;
    this.takesFocus = false;
    this.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  private get scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.scroller');
  }

  private get pinned(): number {
    const widths = this.columns.map(({ width }) => width);
    const own = this.columns.filter(({ tableColumn }) => tableColumn === undefined).length;
    return pinnedCount(widths, Math.min(pinnedColumns, own), this.viewport.width || Infinity);
  }

  /** The active cell, kept within the grid as it is now. */
  private get place(): GridPlace {
    const { row, column } = this.active;
    return { row: Math.min(row, this.rowCount - 1), column: Math.min(column, Math.max(0, this.columns.length - 1)) };
  }

  private wantRows({ columns, pinned }: Tracks): void {
    const tableColumns = columns
      .slice(pinned)
      .map((column) => this.columns[column]?.tableColumn)
      .filter((column) => column !== undefined);
    const { from, to } = this.viewport.window;
    this.rows?.want({ from, to, columnFrom: tableColumns[0] ?? 0, columnTo: (tableColumns.at(-1) ?? 0) + 1 });
  }

  private go(to: GridPlace, takesFocus: boolean): void {
    this.active = to;
    this.takesFocus ||= takesFocus;
    const { row, column } = this.place;
    if (row >= 0) this.viewport.showRow(row);
    const widths = this.columns.map(({ width }) => width);
    this.viewport.showColumn(widths, this.pinned, column);
    this.requestUpdate();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { row } = this.place;
    const size = { rows: this.rowCount, columns: this.columns.length, page: this.viewport.page };
    const to = moved(event, this.place, size);
    if (to) {
      this.go(to, true);
      if (to.row >= 0 && to.row !== row) this.tell('grid-select', to.row);
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (row >= 0) this.tell('grid-enter', row);
      else this.tell('grid-sort', this.columns[this.place.column]!.key);
    } else if (event.key === 'Escape') {
      this.tell('grid-leave', row);
    } else {
      return;
    }
    event.preventDefault();
  };

  /** A screen reader may put the focus on any cell. */
  private readonly onFocus = ({ target }: FocusEvent): void => {
    const place = placeOf(target);
    if (place) this.active = place;
  };

  private readonly onClick = ({ target }: MouseEvent): void => {
    const to = placeOf(target);
    if (!to) return;
    this.go(to, true);
    if (to.row >= 0) this.tell('grid-open', to.row);
    else this.tell('grid-sort', this.columns[to.column]!.key);
  };

  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function placeOf(target: EventTarget | null): GridPlace | undefined {
  const cell = (target as Element).closest<HTMLElement>('[data-column]');
  const row = cell?.closest<HTMLElement>('[data-row]');
  return cell && row ? { row: Number(row.dataset.row), column: Number(cell.dataset.column) } : undefined;
}

customElements.define('lift-prediction-grid', PredictionGrid);
