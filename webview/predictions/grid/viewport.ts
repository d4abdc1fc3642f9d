import { scrollLeftFor } from './column-window';
import { VirtualScroll } from './virtual-scroll';

const rowHeight = 24;
const headHeight = 28;
const overscan = 6;

/** What of a grid can be seen, and where its scroll bars stand. */
export class GridViewport {
  width = 0;
  left = 0;
  private readonly list = new VirtualScroll(rowHeight);
  /** Where we put the scroll bar ourselves: its event is no scrolling by the user. */
  private placedAt = -1;

  /**
   * @param scroller the element with the scroll bars, once there is one
   * @param changed called when something else can be seen
   */
  constructor(
    private readonly scroller: () => HTMLElement | null,
    private readonly changed: () => void,
  ) {}

  set rows(rows: number) {
    this.list.rows = rows;
  }

  /** The height of the header with all rows, as far as a browser goes along. */
  get height(): number {
    return headHeight + this.list.height;
  }

  /** Rows that a key for a page goes on by. */
  get page(): number {
    return Math.max(1, Math.floor(this.list.viewport / rowHeight) - 1);
  }

  /** The rows `from` to `to - 1` that can be seen, and some above and below. */
  get window(): { readonly from: number; readonly to: number } {
    return this.list.window(overscan);
  }

  /** These rows, and the active one wherever it is: it holds the focus. */
  drawnRows(active: number): number[] {
    const { from, to } = this.window;
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
    if (active >= 0 && active < from) rows.unshift(active);
    if (active >= to && active < this.list.rows) rows.push(active);
    return rows;
  }

  /** Where a row is drawn. The active one may be far away: it is then drawn just out of sight. */
  topOf(row: number): number {
    const scrollTop = this.scroller()?.scrollTop ?? 0;
    const top = this.list.drawnAt(row, scrollTop);
    if (!this.list.isScaled) return top;
    const margin = (overscan + 2) * rowHeight;
    return Math.max(scrollTop - margin, Math.min(top, scrollTop + this.list.viewport + margin));
  }

  toTop(): void {
    this.placeScrollBar(this.list.moveTo(0));
  }

  showRow(row: number): void {
    this.placeScrollBar(this.list.moveTo(this.list.positionOf(row)));
  }

  /** @param widths of all columns, of which the first `pinned` stay in view */
  showColumn(widths: readonly number[], pinned: number, column: number): void {
    const scroller = this.scroller();
    if (!scroller) return;
    scroller.scrollLeft = scrollLeftFor(widths, pinned, column, scroller.scrollLeft, this.width);
    this.left = scroller.scrollLeft;
  }

  readonly measure = (): void => {
    const { clientWidth, clientHeight } = this.scroller()!;
    this.width = clientWidth;
    this.list.viewport = Math.max(0, clientHeight - headHeight);
    this.changed();
  };

  readonly onScroll = (): void => {
    const { scrollTop, scrollLeft } = this.scroller()!;
    this.left = scrollLeft;
    if (scrollTop !== this.placedAt) this.list.follow(scrollTop);
    this.placedAt = -1;
    this.changed();
  };

  /** A list that is lower than its rows need is moved by us: its own steps would be too large. */
  readonly onWheel = (event: WheelEvent): void => {
    if (!this.list.isScaled || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1;
    this.placeScrollBar(this.list.moveTo(this.list.position + event.deltaY * unit));
  };

  private placeScrollBar(scrollTop: number): void {
    const scroller = this.scroller();
    if (!scroller) return;
    scroller.scrollTop = scrollTop;
    // The browser rounds.
    this.placedAt = scroller.scrollTop;
    this.changed();
  }
}
