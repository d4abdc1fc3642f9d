/**
 * Where the rows of a long list are while it is scrolled. Chromium cuts elements at 33,554,428 px, so a list of more rows
 * than fit is given a lower height, and the scroll bar then moves it in larger steps than its own. Positions are in pixels of
 * the whole list; wheel and keys move by these.
 */
export class VirtualScroll {
  rows = 0;
  /** Height of what can be seen. */
  viewport = 0;
  private top = 0;

  constructor(
    readonly rowHeight: number,
    private readonly tallest = 16_000_000,
  ) {}

  /** Pixels from the first row to the upper edge of what can be seen. */
  get position(): number {
    return Math.min(this.top, this.last);
  }

  /** The height that the list is given. */
  get height(): number {
    return Math.min(this.rows * this.rowHeight, this.tallest);
  }

  get isScaled(): boolean {
    return this.rows * this.rowHeight > this.tallest;
  }

  /** Takes over where the scroll bar is. */
  follow(scrollTop: number): void {
    const share = scrollTop / Math.max(1, this.height - this.viewport);
    this.top = this.isScaled ? share * this.last : scrollTop;
  }

  /** Moves to a position, as far as the list goes; the result is where the scroll bar belongs. */
  moveTo(position: number): number {
    this.top = Math.max(0, Math.min(position, this.last));
    if (!this.isScaled) return this.top;
    return (this.top / this.last) * (this.height - this.viewport);
  }

  /** The position at which a row can be seen, by moving no farther than needed. */
  positionOf(row: number): number {
    const above = row * this.rowHeight;
    const below = above + this.rowHeight - this.viewport;
    return Math.max(Math.min(this.position, above), below);
  }

  /** Rows `from` to `to - 1` can be seen, or will be soon. */
  window(overscan: number): { readonly from: number; readonly to: number } {
    const from = Math.floor(this.position / this.rowHeight) - overscan;
    const to = Math.ceil((this.position + this.viewport) / this.rowHeight) + overscan;
    return { from: Math.max(0, from), to: Math.min(this.rows, Math.max(0, to)) };
  }

  /** Where a row is drawn in the list's own height, given where the scroll bar is. */
  drawnAt(row: number, scrollTop: number): number {
    return this.isScaled ? scrollTop + row * this.rowHeight - this.position : row * this.rowHeight;
  }

  private get last(): number {
    return Math.max(0, this.rows * this.rowHeight - this.viewport);
  }
}
